import { index, type NdArray, real } from '@wtilde/core-types';
import type { Mapper } from '../mapper/mapper.js';

/** A mapping under the names of the kernels' arguments. */
export type Mapping = Pick<Mapper, 'pixels' | 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex'>;

/**
 * Mappings (M, S1), (M, S2), ... side by side, and images (M) as columns behind them, S + 0, S + 1, ...: they fill the
 * ends of the rows, so that the kernels of sparse mappings serve.
 */
export function withColumns(mappings: readonly Mapping[], images: readonly Float64Array[], rows: number): Mapping {
  const width = mappings.reduce((sum, { pixIndexesForSubSlimIndex: { shape } }) => sum + shape[1], images.length);
  const first = mappings.reduce((sum, { pixels }) => sum + pixels, 0);
  const to = new Int32Array(rows * width).fill(-1);
  const by = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    let at = row * width;
    let offset = 0;
    for (const { pixels, pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } of mappings) {
      const slots = indexes.shape[1];
      for (let from = row * slots; from < (row + 1) * slots && indexes.data[from] >= 0; from++) {
        to[at] = offset + indexes.data[from];
        by[at] = weights.data[from];
        at++;
      }
      offset += pixels;
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
