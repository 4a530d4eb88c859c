import { displacementLattice } from './lattice.js';
import { latticeSums, type OnBlock } from './latticeSums.js';
import { weightStrengths } from './strengths.js';
import { radiansPerPixel } from './turns.js';

/**
 * W by displacement (#6), factorised: C[m, n + N - 1] = sum_k w_k cos(2 pi d (n u_k - m v_k)) with
 * w_k = 1 / n_k^2, by two products of (N, K) tables, see {@link latticeSums}. 4 N^2 K operations.
 *
 * @param gridSize N
 * @param noiseMapReal (K)
 * @param uvWavelengths (K, 2) in wavelengths
 * @param pixelScale arcsec
 * @param out (N, 2 N - 1), overwritten; new when left out
 */
export function wCompactFactorised(
  gridSize: number,
  noiseMapReal: Float64Array,
  uvWavelengths: Float64Array,
  pixelScale: number,
  out: Float64Array = new Float64Array(gridSize * Math.max(2 * gridSize - 1, 0)),
  onBlock?: OnBlock,
): Float64Array {
  const lattice = displacementLattice(gridSize, gridSize, radiansPerPixel(pixelScale));
  latticeSums(weightStrengths(noiseMapReal), uvWavelengths, lattice, out, onBlock);
  return out;
}
