import { index, type NdArray, real } from '@wtilde/core-types';
import type { Mapper } from '../mapper/mapper.js';

/** A mapping under the names of the kernels' arguments. */
export type Mapping = Pick<Mapper, 'pixels' | 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex'>;

/**
 * A mapping (M, S) and images (M) as columns behind it, S + 0, S + 1, ...: they fill the ends of its rows, so that the
 * kernels of sparse mappings serve.
 */
export function withColumns(mapping: Mapping | undefined, images: readonly Float64Array[], rows: number): Mapping {
  const first = mapping?.pixels ?? 0;
  const indexes = mapping?.pixIndexesForSubSlimIndex;
  const weights = mapping?.pixWeightsForSubSlimIndex;
  const before = indexes?.shape[1] ?? 0;
  const width = before + images.length;
  const to = new Int32Array(rows * width).fill(-1);
  const by = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    let at = row * width;
    for (let from = row * before; indexes !== undefined && from < (row + 1) * before; from++) {
      if (indexes.data[from] < 0) break;
      to[at] = indexes.data[from];
      by[at] = weights?.data[from] ?? 0;
      at++;
    }
    for (const [column, image] of images.entries()) {
      to[at] = first + column;
      by[at] = image[row];
      at++;
    }
  }
  return {
    pixels: first + images.length,
    pixIndexesForSubSlimIndex: index(to, [rows, width]),
    pixWeightsForSubSlimIndex: real(by, [rows, width]),
  };
}

/** The image (M) of amplitudes of the columns of a mapping. */
export function imageOf(
  { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights }: Mapping,
  amplitudes: Float64Array,
): NdArray<'real'> {
  const [rows, width] = indexes.shape;
  const image = new Float64Array(rows);
  for (let at = 0; at < indexes.data.length; at++) {
    const column = indexes.data[at];
    if (column >= 0) image[Math.floor(at / width)] += weights.data[at] * amplitudes[column];
  }
  return real(image);
}
