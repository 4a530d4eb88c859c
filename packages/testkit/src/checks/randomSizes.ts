/** Sizes that nobody thought of, up to those that cross every block. */
import { createResolver } from '@wtilde/data';
import * as fc from 'fast-check';
import { NotApplicable } from '../checkFailed.js';
import { type CrossingDataset, sizedDataset } from '../datasets/crossing.js';
import { type Check, methodsOf, type Subject } from './check.js';
import { agree, run } from './running.js';

/** How many sizes are drawn; large ones take as long as a dataset. */
const draws = 6;

/** Every method at the same random sizes of one symbol at a time: the reference computes each once. */
export function randomSizes(
  subject: Subject,
  crossing: readonly CrossingDataset[],
  { seed }: { readonly seed: number },
): readonly Check[] {
  const { descriptor } = subject;
  if (crossing.length === 0) return [];
  return [
    {
      kernel: descriptor.name,
      dataset: 'random',
      check: 'random',
      title: `every method agrees with the reference at ${draws} random sizes (seed ${seed})`,
      async run() {
        const property = fc.asyncProperty(sizeUpTo(crossing), ({ symbol, size }) => allMethods(subject, symbol, size));
        // A failure is reported with the seed and the smallest size that still fails.
        await fc.assert(property, { seed, numRuns: draws });
      },
    },
  ];
}

async function allMethods(subject: Subject, symbol: string, size: number): Promise<void> {
  const { descriptor, oracle } = subject;
  const dataset = sizedDataset(descriptor, symbol, size);
  const args = createResolver(dataset.fields, oracle.call).argumentsOf(descriptor);
  const expected = oracle.call(descriptor.name, args);
  for (const method of methodsOf(subject)) {
    try {
      agree(subject, { method, dataset: dataset.name }, args, expected, await run(subject, args, { method }));
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
    }
  }
}

/** As many small sizes as large ones, powers of two and their neighbours among them. */
function sizeUpTo(crossing: readonly CrossingDataset[]) {
  const drawn = fc.record({
    at: fc.constantFrom(...crossing),
    order: fc.integer({ min: 0, max: 1000 }),
    whole: fc.boolean(),
    beyond: fc.constantFrom(0, -1, 1),
  });
  // Without a bias towards the largest size, which has a dataset of its own.
  return fc.noBias(drawn).map(({ at: { symbol, size: largest }, order, whole, beyond }) => {
    const exponent = (order / 1000) * Math.log2(largest);
    const size = whole ? 2 ** Math.round(exponent) + beyond : Math.round(2 ** exponent);
    return { symbol, size: Math.max(1, Math.min(largest, size)) };
  });
}
