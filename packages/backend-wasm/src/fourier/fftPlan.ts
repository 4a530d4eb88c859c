/** A transform of one length: the radices of its stages and their twiddle factors, as the compiled code reads them. */
export interface FftPlan {
  readonly length: number;
  /** The length, the number of stages, their radices. */
  readonly stages: Int32Array;
  /** For every stage exp(-2 pi i j p / (radix m)), re and im, for p < m and j = 1 to radix - 1. */
  readonly twiddles: Float64Array;
}

/** Odd radices first: their butterflies have the most twiddles, which the first strides reuse best. */
const RADICES = [5, 3, 4, 2];

/**
 * Plans a transform, O(length).
 *
 * @param length a `goodSize`; at least 1
 */
export function createFftPlan(length: number): FftPlan {
  const radices: number[] = [];
  const twiddles: number[] = [];
  let rest = length;
  for (const radix of RADICES) {
    while (rest % radix === 0) {
      rest /= radix;
      radices.push(radix);
      for (let p = 0; p < rest; p++) {
        for (let j = 1; j < radix; j++) {
          const angle = (-2 * Math.PI * ((j * p) % (radix * rest))) / (radix * rest);
          twiddles.push(Math.cos(angle), Math.sin(angle));
        }
      }
    }
  }
  if (rest !== 1) throw new RangeError(`no radix for a transform of length ${length}`);
  return {
    length,
    stages: Int32Array.of(length, radices.length, ...radices),
    twiddles: Float64Array.from(twiddles),
  };
}
