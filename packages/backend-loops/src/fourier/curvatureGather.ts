import type { SparseMapping } from '@wtilde/numerics';
import { freshMemory, type Scratch } from '@wtilde/numerics';
import { entryPlaces, gatherColumns, LANES } from '../sparse/gatherColumns.js';
import { type CurvatureOperator, mappingColumns } from './curvatureOperator.js';
import { addTransposeInPlace } from './symmetric.js';

/**
 * F = T^t W T from W by displacement and a sparse T, by rows of W.
 *
 * With the half L of W of `curvatureByConvolution`, row i of L^t is assembled from contiguous slices of
 * the table, one per image row from i's downwards, and multiplied by T: M^2 B gathered products. It
 * is then added, times T_is, to every row s of G' = T^t L^t T that pixel i maps to: S M B products;
 * F = G' + G'^t. Cheaper than the convolution only where S is well above M.
 *
 * @param out (S, S), overwritten, symmetric to the last bit; new when left out
 * @param scratch what the intermediate images live in
 */
export function curvatureByGather(
  operator: CurvatureOperator,
  mapping: SparseMapping,
  out: Float64Array = new Float64Array(mapping.pixels * mapping.pixels),
  scratch: Scratch = freshMemory,
): Float64Array {
  const { image, table } = operator;
  const { byRow } = image;
  const { pixIndexes, pixWeights, pixels } = mapping;
  const imagePixels = byRow.length;
  const perRow = imagePixels === 0 ? 0 : pixIndexes.length / imagePixels;
  const columns = mappingColumns(operator, mapping, scratch);
  const places = entryPlaces(columns, image.position, scratch);
  const images = scratch.f64(LANES * image.start[table.rows]);
  const aside = scratch.f64(LANES * pixels);
  const products = scratch.f64(LANES * pixels);
  out.fill(0);
  for (let n = 0; n < imagePixels; n += LANES) {
    const lanes = Math.min(LANES, imagePixels - n);
    images.fill(0);
    for (let lane = 0; lane < lanes; lane++) assembleRow(operator, byRow[n + lane], images, lane);
    gatherColumns(columns, places, images, lanes, products, 0, aside);
    for (let lane = 0; lane < lanes; lane++) {
      const end = (byRow[n + lane] + 1) * perRow;
      for (let e = end - perRow; e < end && pixIndexes[e] >= 0; e++) {
        addRow(products, lane * pixels, pixWeights[e], pixels, out, pixIndexes[e] * pixels);
      }
    }
  }
  addTransposeInPlace(out, pixels);
  return out;
}

/** Writes row i of L^t, a packed image, to one lane of the images. */
function assembleRow({ image, table }: CurvatureOperator, i: number, images: Float64Array, lane: number): void {
  const tableWidth = 2 * table.columns - 1;
  const top = image.pixelRow[i];
  const { values } = table;
  for (let row = top; row < image.rows; row++) {
    const factor = row === top ? 0.5 : 1;
    let from = (row - top) * tableWidth + table.columns - 1 - image.pixelColumn[i] + image.low[row];
    const end = LANES * image.start[row + 1];
    for (let to = LANES * image.start[row] + lane; to < end; to += LANES) {
      images[to] = factor * values[from++];
    }
  }
}

/** out[to + t] += factor rows[from + t] for t < count. */
function addRow(rows: Float64Array, from: number, factor: number, count: number, out: Float64Array, to: number): void {
  let i = from | 0;
  const end = (to + count) | 0;
  for (let o = to | 0; o < end; o = (o + 1) | 0) {
    out[o] += factor * rows[i];
    i = (i + 1) | 0;
  }
}
