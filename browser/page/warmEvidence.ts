import { type Backend, bindDataset, kernelOf, kernels, mappingNames } from '@wtilde/core-types';
import { argumentsOfKernel } from './evidence.ts';

/** What a lens model changes. */
const changing = [...mappingNames, 'neighbors', 'neighborsSizes', 'weights', 'diagonal'];

/** The median of warm evidences at 441 source pixels, W and the sums bound, in milliseconds. */
export async function warmMilliseconds(backend: Backend): Promise<number> {
  const kernel = kernelOf(backend, 'evidenceViaWCompactFrom');
  if (kernel === undefined) return Number.NaN;
  const args = argumentsOfKernel({ N: 30, K: 190, S: 441, B: 3 }, kernels.evidenceViaWCompactFrom);
  const call = bindDataset(kernel, args, changing);
  const times: number[] = [];
  for (let round = 0; round < 120; round++) {
    const started = performance.now();
    await call();
    if (round >= 40) times.push(performance.now() - started);
  }
  call.dispose();
  return times.sort((a, b) => a - b)[times.length >> 1];
}
