import { type Stage, stage2, stage3, stage4, stage5 } from './fftStages.js';
import { cosSinOfTurns } from './turns.js';

// Why not a library: docs/adr/0003-own-fft.md.

/** A transform of one length: its stages with their twiddle factors. A value, shared by nobody. */
export interface FftPlan {
  readonly length: number;
  readonly stages: readonly FftStage[];
}

interface FftStage {
  readonly radix: number;
  readonly run: Stage;
  readonly twiddles: Float64Array;
}

/** Odd radices first: their butterflies have the most twiddles, which the first strides reuse best. */
const RADICES: readonly { radix: number; run: Stage }[] = [
  { radix: 5, run: stage5 },
  { radix: 3, run: stage3 },
  { radix: 4, run: stage4 },
  { radix: 2, run: stage2 },
];

/**
 * Plans a transform: the factors of its length and their twiddle factors, O(length).
 *
 * @param length a `goodSize`; at least 1
 */
export function createFftPlan(length: number): FftPlan {
  const stages: FftStage[] = [];
  let rest = length;
  for (const { radix, run } of RADICES) {
    while (rest % radix === 0) {
      stages.push({ radix, run, twiddles: twiddlesOf(radix, rest / radix) });
      rest /= radix;
    }
  }
  if (rest !== 1) throw new RangeError(`no radix for a transform of length ${length}`);
  return { length, stages };
}

/** exp(-2 pi i j p / (radix m)) for p < m and j = 1 to radix - 1, interleaved. */
function twiddlesOf(radix: number, m: number): Float64Array {
  const count = (radix - 1) * m;
  const turns = Float64Array.from({ length: count }, (_, i) => {
    const p = Math.floor(i / (radix - 1));
    const j = 1 + (i % (radix - 1));
    return -((j * p) % (radix * m)) / (radix * m);
  });
  const sin = new Float64Array(count);
  cosSinOfTurns(turns, count, turns, sin);
  return Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? turns : sin)[i >> 1]);
}

/**
 * Complex transforms of `batch` interwoven sequences: Y[f, q] = sum_j X[j, q] exp(-2 pi i f j / length).
 *
 * Number j of sequence q stands, as a re, im pair, at 2 (batch j + q). The stages go back and forth
 * between `data` and `scratch`; the one that holds the result is returned, the other holds rubbish.
 * About 5 length log2(length) operations per sequence at 4 to 5.7 GFLOP/s for batches of 8 and more.
 * The inverse, times the length, is the same transform read backwards: at (length - j) mod length.
 *
 * @param data 2 length batch numbers
 * @param scratch as many
 */
export function fftBatch(plan: FftPlan, data: Float64Array, scratch: Float64Array, batch: number): Float64Array {
  let from = data;
  let to = scratch;
  let rest = plan.length;
  let stride = batch;
  for (const { radix, run, twiddles } of plan.stages) {
    rest /= radix;
    run(from, to, rest, stride, twiddles);
    stride *= radix;
    [from, to] = [to, from];
  }
  return from;
}
