import type { SparseMapping } from './curvatureOperator.js';
import { type MappingColumns, mappingColumnsFromSparse } from './mappingColumns.js';
import { entryPlaces, gatherThroughMapping, LANES } from './mappingGather.js';
import { addSlices, createSlices, pushSlice, type Slices } from './slices.js';
import { addTransposeInPlace } from './symmetric.js';

/** F = T^t W T (#12) from the dense W (M, M) and a sparse T, see {@link curvatureFromColumns}. */
export function curvatureFromDense(
  wTilde: Float64Array,
  { pixIndexes, pixWeights, pixels }: SparseMapping,
  out?: Float64Array,
): Float64Array {
  const slimOrder = Int32Array.from({ length: Math.sqrt(wTilde.length) }, (_, i) => i);
  const columns = mappingColumnsFromSparse(pixIndexes, pixWeights, pixels, slimOrder);
  return curvatureFromColumns(wTilde, columns, out);
}

/**
 * F = T^t W T from the dense, symmetric W (M, M) and T by columns.
 *
 * W = U + U^t with U the upper triangle and half of the diagonal, so F = G + G^t with G = T^t U T.
 * Row s of T^t U adds contiguous pieces of rows of W, M nnz / 2 products; G gathers S nnz more.
 * The lower triangle of W is not read.
 *
 * @param columns the entries of every column by rising slim index
 * @param out (S, S), overwritten, symmetric to the last bit; new when left out
 */
export function curvatureFromColumns(
  wTilde: Float64Array,
  columns: MappingColumns,
  out: Float64Array = new Float64Array(columns.pixels * columns.pixels),
): Float64Array {
  const { pixels } = columns;
  const imagePixels = Math.sqrt(wTilde.length);
  const places = entryPlaces(columns);
  const images = new Float64Array(LANES * imagePixels);
  const slices = createSlices(columns);
  for (let s = 0; s < pixels; s += LANES) {
    const lanes = Math.min(LANES, pixels - s);
    images.fill(0);
    for (let lane = 0; lane < lanes; lane++) {
      multiplyColumn(wTilde, imagePixels, columns, s + lane, slices, images, lane);
    }
    gatherThroughMapping(columns, places, images, lanes, out, s * pixels);
  }
  addTransposeInPlace(out, pixels);
  return out;
}

/** Adds row s of T^t U to one lane of the images, piece by piece between the non-zeros of T. */
function multiplyColumn(
  wTilde: Float64Array,
  imagePixels: number,
  { columnStart, slimIndex, weight }: MappingColumns,
  s: number,
  slices: Slices,
  images: Float64Array,
  lane: number,
): void {
  const end = columnStart[s + 1];
  slices.count = 0;
  for (let e = columnStart[s]; e < end; e++) {
    const i = slimIndex[e];
    const next = e + 1 < end ? slimIndex[e + 1] : imagePixels;
    pushSlice(slices, i * imagePixels, weight[e]);
    addSlices(wTilde, i, slices, images, lane, i, next - i);
    images[LANES * i + lane] -= 0.5 * weight[e] * wTilde[i * imagePixels + i];
  }
}
