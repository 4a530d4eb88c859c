import type { SparseColumns } from '@wtilde/numerics';
import { wholeDisplacementTable } from '@wtilde/numerics';
import { LANES, type VisitImages } from '../sparse/gatherColumns.js';
import { addSlices, createSlices, pushSlice, type Slices } from '../sparse/slices.js';
import type { CurvatureOperator } from './curvatureOperator.js';

/** W by displacement in both directions, for W T by contiguous convolution. */
export interface WholeOperator extends CurvatureOperator {
  /** (2 rows - 1, 2 columns - 1). */
  readonly whole: Float64Array;
}

export function wholeOperator(operator: CurvatureOperator): WholeOperator {
  return { ...operator, whole: wholeDisplacementTable(operator.table) };
}

/**
 * Makes W T by groups of its columns, by contiguous convolution, and hands on every one: packed images, interleaved.
 * Column s is the sum, over the non-zeros (j, t) of column s of T, of t times a slice of the table for every image row.
 * 2 M nnz operations, twice those of F, which needs one half of W only.
 */
export function imagesByConvolution(operator: WholeOperator, columns: SparseColumns, visit: VisitImages): void {
  const { image } = operator;
  const images = new Float64Array(LANES * image.start[image.rows]);
  const slices = createSlices(columns);
  for (let s = 0; s < columns.columnCount; s += LANES) {
    const lanes = Math.min(LANES, columns.columnCount - s);
    images.fill(0);
    for (let lane = 0; lane < lanes; lane++) convolveColumn(operator, columns, s + lane, slices, images, lane);
    visit(s, lanes, images);
  }
}

function convolveColumn(
  { image, table, whole }: WholeOperator,
  { starts, rows, values }: SparseColumns,
  s: number,
  slices: Slices,
  images: Float64Array,
  lane: number,
): void {
  const tableWidth = 2 * table.columns - 1;
  slices.count = 0;
  for (let entry = starts[s]; entry < starts[s + 1]; entry++) {
    const down = table.rows - 1 - image.pixelRow[rows[entry]];
    const right = table.columns - 1 - image.pixelColumn[rows[entry]];
    pushSlice(slices, down * tableWidth + right, values[entry]);
  }
  if (slices.count === 0) return;
  for (let row = 0; row < image.rows; row++) {
    const base = row * tableWidth + image.low[row];
    addSlices(whole, base, slices, images, LANES * image.start[row] + lane, LANES, image.width[row]);
  }
}
