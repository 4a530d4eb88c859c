import { type DisplacementTable, type ImageRows, imageRowsFrom } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';

/** What F needs of W and of the mask, whatever the mapping, in the memory: prepare it once, use it for every T. */
export interface CurvatureOperator {
  readonly columns: number;
  readonly image: ImageRows;
  /** Length of a packed image. */
  readonly packed: number;
  /** Where things stand in the memory. */
  readonly table: number;
  readonly low: number;
  readonly width: number;
  readonly start: number;
}

/** @param nativeIndexForSlimIndex (M, 2) row and column, inside the table's rows and columns */
export function curvatureOperator(
  arena: Arena,
  { rows, columns, values }: DisplacementTable,
  nativeIndexForSlimIndex: Int32Array,
): CurvatureOperator {
  const image = imageRowsFrom(nativeIndexForSlimIndex, rows, 4);
  return {
    columns,
    image,
    packed: image.start[rows],
    table: arena.putF64(values),
    low: arena.putI32(image.low),
    width: arena.putI32(image.width),
    start: arena.putI32(image.start),
  };
}

/** A sparse mapping T (M, S): -1 ends a row, duplicates add up. */
export interface SparseMapping {
  /** (M, B) source pixels. */
  readonly pixIndexes: Int32Array;
  /** (M, B). */
  readonly pixWeights: Float64Array;
  /** S. */
  readonly pixels: number;
}
