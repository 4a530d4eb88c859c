import type { SparseColumns, SparseMapping } from '@wtilde/numerics';
import { freshMemory, type Scratch } from '@wtilde/numerics';
import { entryPlaces, gatherColumns, LANES } from '../sparse/gatherColumns.js';
import { addSlices, createSlices, pushSlice, type Slices } from '../sparse/slices.js';
import { type CurvatureOperator, mappingColumns } from './curvatureOperator.js';
import { addTransposeInPlace } from './symmetric.js';

/**
 * F = T^t W T from W by displacement and a sparse T, by contiguous convolution.
 *
 * W is split into L + L^t, where L_ij holds the pairs with pixel i in a row below that of j, and half
 * of the pairs in one row. Then F = G + G^t with G = T^t L T, at half the cost. Column s of L T is the
 * sum, over the non-zeros (j, t) of column s and the rows from j's downwards, of t times a contiguous
 * slice of the table: M^2 B / 2 products without a gather. G then gathers S M B products. Memory:
 * eight packed images, and T by columns.
 *
 * @param out (S, S), overwritten, symmetric to the last bit; new when left out
 * @param scratch what the intermediate images live in
 */
export function curvatureByConvolution(
  operator: CurvatureOperator,
  mapping: SparseMapping,
  out: Float64Array = new Float64Array(mapping.pixels * mapping.pixels),
  scratch: Scratch = freshMemory,
): Float64Array {
  const { image, table } = operator;
  const { pixels } = mapping;
  const columns = mappingColumns(operator, mapping, scratch);
  const places = entryPlaces(columns, image.position, scratch);
  const images = scratch.f64(LANES * image.start[table.rows]);
  const aside = scratch.f64(LANES * pixels);
  const slices = createSlices(columns, scratch);
  for (let s = 0; s < pixels; s += LANES) {
    const lanes = Math.min(LANES, pixels - s);
    images.fill(0);
    for (let lane = 0; lane < lanes; lane++) {
      convolveColumn(operator, columns, s + lane, slices, images, lane);
    }
    gatherColumns(columns, places, images, lanes, out, s * pixels, aside);
  }
  addTransposeInPlace(out, pixels);
  return out;
}

/** Adds column s of L T, a packed image, to one lane of the images. */
function convolveColumn(
  { image, table }: CurvatureOperator,
  { starts, rows, values }: SparseColumns,
  s: number,
  slices: Slices,
  images: Float64Array,
  lane: number,
): void {
  const end = starts[s + 1];
  let entry = starts[s];
  if (entry === end) return;
  const tableWidth = 2 * table.columns - 1;
  const middle = table.columns - 1;
  slices.count = 0;
  for (let row = image.pixelRow[rows[entry]]; row < image.rows; row++) {
    if (image.width[row] === 0) continue;
    const known = slices.count;
    for (; entry < end && image.pixelRow[rows[entry]] === row; entry++) {
      const offset = middle - image.pixelColumn[rows[entry]] - row * tableWidth;
      pushSlice(slices, offset, 0.5 * values[entry]);
    }
    const base = row * tableWidth + image.low[row];
    addSlices(table.values, base, slices, images, LANES * image.start[row] + lane, LANES, image.width[row]);
    for (let n = known; n < slices.count; n++) slices.weight[n] *= 2;
  }
}
