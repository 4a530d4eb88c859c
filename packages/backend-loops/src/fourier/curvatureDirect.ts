import type { SparseMapping } from '@wtilde/numerics';
import type { CurvatureOperator } from './curvatureOperator.js';
import { addTransposeInPlace } from './symmetric.js';

/**
 * F = T^t W T from W by displacement and a sparse T, pair by pair, without any intermediate array.
 *
 * For every pair of image pixels i <= j, W_ij is looked up once and T_is W_ij T_jt added to F_st for
 * the non-zeros of both rows; the transpose gives the other pairs. M^2 B^2 / 2 scattered products.
 *
 * @param out (S, S), overwritten, symmetric to the last bit; new when left out
 */
export function curvatureDirect(
  { image, table }: CurvatureOperator,
  { pixIndexes, pixWeights, pixels }: SparseMapping,
  out: Float64Array = new Float64Array(pixels * pixels),
): Float64Array {
  const { byRow, pixelRow, pixelColumn } = image;
  const imagePixels = byRow.length;
  const perRow = imagePixels === 0 ? 0 : pixIndexes.length / imagePixels;
  const tableWidth = 2 * table.columns - 1;
  out.fill(0);
  for (let n = 0; n < imagePixels; n++) {
    const i = byRow[n];
    const endI = (i + 1) * perRow;
    const origin = table.columns - 1 - pixelColumn[i] - pixelRow[i] * tableWidth;
    for (let l = n; l < imagePixels; l++) {
      const j = byRow[l];
      const w = table.values[origin + pixelRow[j] * tableWidth + pixelColumn[j]];
      const half = l === n ? 0.5 * w : w;
      const endJ = (j + 1) * perRow;
      for (let e = endI - perRow; e < endI && pixIndexes[e] >= 0; e++) {
        const factor = half * pixWeights[e];
        const row = pixIndexes[e] * pixels;
        for (let f = endJ - perRow; f < endJ && pixIndexes[f] >= 0; f++) {
          out[row + pixIndexes[f]] += factor * pixWeights[f];
        }
      }
    }
  }
  addTransposeInPlace(out, pixels);
  return out;
}
