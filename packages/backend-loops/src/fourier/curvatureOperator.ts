import { type DisplacementTable, freshMemory, type ImageRows, imageRowsFrom, type Scratch } from '@wtilde/numerics';
import { columnsOfMapping, type SparseColumns } from '../sparse/sparseColumns.js';

/** What F needs of W and of the mask, whatever the mapping: prepare it once, use it for every T. */
export interface CurvatureOperator {
  readonly table: DisplacementTable;
  readonly image: ImageRows;
}

/**
 * O(M): nothing is copied but the indices.
 *
 * @param nativeIndexForSlimIndex (M, 2) row and column, inside the table's rows and columns
 */
export function curvatureOperator(table: DisplacementTable, nativeIndexForSlimIndex: Int32Array): CurvatureOperator {
  return { table, image: imageRowsFrom(nativeIndexForSlimIndex, table.rows) };
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

/** T by columns, the pixels of every column from the top row of the image downwards. */
export function mappingColumns(
  { image }: CurvatureOperator,
  { pixIndexes, pixWeights, pixels }: SparseMapping,
  scratch: Scratch = freshMemory,
): SparseColumns {
  return columnsOfMapping(image.byRow.length, pixels, pixIndexes, pixWeights, image.byRow, scratch);
}
