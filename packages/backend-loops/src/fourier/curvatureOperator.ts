import type { Sizes } from '@wtilde/core-types';
import {
  columnsOfMapping,
  type DisplacementTable,
  freshMemory,
  type ImageRows,
  imageRowsFrom,
  type Scratch,
  type SparseColumns,
  type SparseMapping,
  type TableArgs,
  type TableSource,
} from '@wtilde/numerics';

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

/** {@link curvatureOperator} from the arguments of a kernel. */
export function operatorOf<A>(source: TableSource<A>, args: TableArgs<A>, sizes: Sizes): CurvatureOperator {
  return curvatureOperator(source.tableOf(args, sizes), args.nativeIndexForSlimIndex.data);
}

/** T by columns, the pixels of every column from the top row of the image downwards. */
export function mappingColumns(
  { image }: CurvatureOperator,
  { pixIndexes, pixWeights, pixels }: SparseMapping,
  scratch: Scratch = freshMemory,
): SparseColumns {
  return columnsOfMapping(image.byRow.length, pixels, pixIndexes, pixWeights, image.byRow, scratch);
}
