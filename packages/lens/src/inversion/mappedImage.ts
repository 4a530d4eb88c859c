import { type NdArray, real } from '@wtilde/core-types';
import type { Mapper } from '../mapper/mapper.js';

/** The image (M) of a source (S): T s. */
export function mappedImage(
  {
    pixIndexesForSubSlimIndex: indexes,
    pixWeightsForSubSlimIndex: weights,
  }: Pick<Mapper, 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex'>,
  source: NdArray<'real'>,
): NdArray<'real'> {
  const [rows, width] = indexes.shape;
  const image = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let at = row * width; at < (row + 1) * width && indexes.data[at] >= 0; at++) {
      image[row] += weights.data[at] * source.data[indexes.data[at]];
    }
  }
  return real(image);
}
