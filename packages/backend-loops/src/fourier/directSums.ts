import type { OnBlock, Strengths } from '@wtilde/numerics';
import { cosSinOfTurns } from './turns.js';

/** Visibilities per block, few enough for their arrays to stay in the first-level cache. */
const BLOCK = 512;

/**
 * Sums over visibilities at arbitrary points: out[i] = sum_k Re(q_k exp(2 pi i (x_i u_k + y_i v_k))).
 * A cosine and a sine per point and visibility: about 10 ns M K. Needs no memory that grows with K.
 *
 * @param uvWavelengths (K, 2)
 * @param gridRadiansSlim (M, 2) y and x
 * @param out (M), overwritten
 */
export function directSums(
  strengths: Strengths,
  uvWavelengths: Float64Array,
  gridRadiansSlim: Float64Array,
  out: Float64Array,
  onBlock?: OnBlock,
): void {
  const total = strengths.length;
  const re = new Float64Array(BLOCK);
  const im = new Float64Array(BLOCK);
  const cos = new Float64Array(BLOCK);
  const sin = new Float64Array(BLOCK);
  out.fill(0);
  for (let first = 0; first < total; first += BLOCK) {
    const count = Math.min(BLOCK, total - first);
    strengths.fill(first, count, re, im);
    for (let i = 0; i < out.length; i++) {
      const y = gridRadiansSlim[2 * i];
      const x = gridRadiansSlim[2 * i + 1];
      fillTurns(uvWavelengths, first, count, x, y, cos);
      cosSinOfTurns(cos, count, cos, sin);
      let sum = 0;
      for (let k = 0; k < count; k++) sum += re[k] * cos[k] - im[k] * sin[k];
      out[i] += sum;
    }
    onBlock?.(first + count, total);
  }
}

/**
 * The forward transform (#26) from arbitrary points, directly:
 * V_k = sum_i image_i exp(-2 pi i (x_i u_k + y_i v_k)).
 *
 * @param image (M)
 * @param uvWavelengths (K, 2)
 * @param gridRadiansSlim (M, 2) y and x
 * @param out (K) complex, interleaved, overwritten
 */
export function directVisibilities(
  image: Float64Array,
  uvWavelengths: Float64Array,
  gridRadiansSlim: Float64Array,
  out: Float64Array,
  onBlock?: OnBlock,
): void {
  const total = out.length / 2;
  const cos = new Float64Array(BLOCK);
  const sin = new Float64Array(BLOCK);
  out.fill(0);
  for (let first = 0; first < total; first += BLOCK) {
    const count = Math.min(BLOCK, total - first);
    for (let i = 0; i < image.length; i++) {
      const y = gridRadiansSlim[2 * i];
      const x = gridRadiansSlim[2 * i + 1];
      fillTurns(uvWavelengths, first, count, x, y, cos);
      cosSinOfTurns(cos, count, cos, sin);
      for (let k = 0, o = 2 * first; k < count; k++, o += 2) {
        out[o] += image[i] * cos[k];
        out[o + 1] -= image[i] * sin[k];
      }
    }
    onBlock?.(first + count, total);
  }
}

/** turns[k] = x u_k + y v_k for a block of visibilities. */
function fillTurns(
  uvWavelengths: Float64Array,
  first: number,
  count: number,
  x: number,
  y: number,
  turns: Float64Array,
): void {
  for (let k = 0, j = 2 * first; k < count; k++, j += 2) {
    turns[k] = x * uvWavelengths[j] + y * uvWavelengths[j + 1];
  }
}
