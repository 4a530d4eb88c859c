/** Sizes at the edge: nothing and one of everything. */

import { demand } from '../checkFailed.js';
import { isHostArray } from '../contract/values.js';
import { type Check, methodsOf, type Subject } from './check.js';
import { symbolsOfKernel, timesBound, withSize } from './extents.js';
import { endLikeReference, run } from './running.js';
import type { Samples } from './samples.js';

/** Sums over nothing: without visibilities or image pixels, arrays are zero. */
const zeroWithout = ['K', 'M'];

export function sizes(subject: Subject, samples: Samples): readonly Check[] {
  const { descriptor } = subject;
  // Those that the arguments set: an optional argument may be missing.
  const symbols = symbolsOfKernel(descriptor).filter((symbol) => timesBound(symbol, descriptor, samples.first) > 0);
  if (symbols.length === 0) return [];
  return methodsOf(subject).map((method) => ({
    kernel: descriptor.name,
    method,
    dataset: samples.name,
    check: 'sizes',
    title: `${method} with none and one of ${symbols.join(', ')}`,
    async run() {
      for (const symbol of symbols) for (const size of [0, 1]) await atSize(subject, samples, method, symbol, size);
    },
  }));
}

async function atSize(
  subject: Subject,
  { first, name, sizes: full }: Samples,
  method: string,
  symbol: string,
  size: number,
): Promise<void> {
  const { descriptor } = subject;
  const args = withSize(descriptor, first, full, symbol, size);
  const origin = { method, dataset: `${name}, ${symbol} = ${size}` };
  const outcome = await endLikeReference(subject, origin, args, () => run(subject, args, { method }));
  if (size > 0 || outcome.kind === 'error' || !zeroWithout.includes(symbol)) return;
  if (isHostArray(outcome.result)) {
    demand(
      outcome.result.data.every((value) => value === 0),
      `${descriptor.name} (${method}) with ${symbol} = 0 is not zero`,
    );
  }
}
