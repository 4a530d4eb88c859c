import { type Backend, kernelOf, kernels, type LooseArgs } from '@wtilde/core-types';
import { argumentsOfKernel } from './evidence.ts';

/** What a lens model changes. */
const changing = [
  ...['pixIndexesForSubSlimIndex', 'pixWeightsForSubSlimIndex', 'pixels'],
  ...['neighbors', 'neighborsSizes', 'weights', 'diagonal'],
];

/** The median of warm evidences at 441 source pixels, W and the sums bound, in milliseconds. */
export async function warmMilliseconds(backend: Backend): Promise<number> {
  const kernel = kernelOf(backend, 'evidenceViaWCompactFrom');
  if (kernel === undefined) return Number.NaN;
  const args = argumentsOfKernel({ N: 30, K: 190, S: 441, B: 3 }, kernels.evidenceViaWCompactFrom);
  const entries = Object.entries(args);
  const part = (isChanging: boolean): LooseArgs =>
    Object.fromEntries(entries.filter(([name]) => changing.includes(name) === isChanging));
  const bound = kernel.bind(part(false));
  const rest = part(true);
  const times: number[] = [];
  for (let call = 0; call < 120; call++) {
    const started = performance.now();
    await bound(rest);
    if (call >= 40) times.push(performance.now() - started);
  }
  bound.dispose();
  return times.sort((a, b) => a - b)[times.length >> 1];
}
