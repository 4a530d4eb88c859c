/** The yardstick of the log determinant of a weighted graph. */
import type { NdArray } from '../arrays.js';
import type { Sizes } from '../descriptor.js';

/** The sum of |log H_ii|. */
export function logDetTerms(
  {
    neighborsSizes,
    weights,
    diagonal,
  }: {
    readonly neighborsSizes: NdArray<'index'>;
    readonly weights: NdArray<'real'>;
    readonly diagonal: NdArray<'real'>;
  },
  { S, P }: Sizes,
): number {
  let terms = 0;
  for (let i = 0; i < S; i++) {
    let element = diagonal.data[i];
    for (let slot = 0; slot < neighborsSizes.data[i]; slot++) element += weights.data[i * P + slot];
    terms += Math.abs(Math.log(element));
  }
  return terms;
}
