import { index, type NdArray, real } from '@wtilde/core-types';
import { type Fields, indexScalar } from '../fields.js';

/** The sparse mapping T of M image pixels to S source pixels, B slots a row, ended by -1. */
export interface GeneratedMapping {
  readonly indexes: NdArray<'index'>;
  readonly weights: NdArray<'real'>;
  readonly sizes: NdArray<'index'>;
  readonly sourcePixels: number;
}

/** A mapping from one list of [source pixel, weight] per image pixel, padded to `slots`. */
export function sparseMapping(
  rows: readonly (readonly (readonly [number, number])[])[],
  slots: number,
  sourcePixels: number,
): GeneratedMapping {
  const shape = [rows.length, slots];
  const indexes = new Int32Array(rows.length * slots).fill(-1);
  const weights = new Float64Array(rows.length * slots);
  rows.forEach((row, i) => {
    row.forEach(([pixel, weight], b) => {
      indexes[i * slots + b] = pixel;
      weights[i * slots + b] = weight;
    });
  });
  return {
    indexes: index(indexes, shape),
    weights: real(weights, shape),
    sizes: index(rows.map((row) => row.length)),
    sourcePixels,
  };
}

/** A mapping under its upstream argument names. */
export function mappingFields({ indexes, weights, sizes, sourcePixels }: GeneratedMapping): Fields {
  return {
    pix_indexes_for_sub_slim_index: indexes,
    pix_size_for_sub_slim_index: sizes,
    pix_weights_for_sub_slim_index: weights,
    pixels: indexScalar(sourcePixels),
    pix_pixels: indexScalar(sourcePixels),
  };
}

/** Neighbour lists under their upstream argument names: each ascending, padded to `slots` with -1. */
export function neighborFields(lists: readonly (readonly number[])[], slots: number): Fields {
  const neighbors = new Int32Array(lists.length * slots).fill(-1);
  lists.forEach((list, i) => {
    neighbors.set(
      list.toSorted((a, b) => a - b),
      i * slots,
    );
  });
  return {
    neighbors: index(neighbors, [lists.length, slots]),
    neighbors_sizes: index(lists.map((list) => list.length)),
  };
}
