import type { OnBlock } from '@wtilde/numerics';
import {
  displacementTarget,
  type LatticeFrame,
  latticeTarget,
  type NufftTarget,
  type Strengths,
} from '@wtilde/numerics';
import { addVisibilities, createNufftSums, finishNufftSums } from './nufftSums.js';

/**
 * W by displacement (#6; half of the table of #5) by a type-1 non-uniform FFT:
 * C[m, n + columns - 1] = sum_k w_k cos(2 pi d (n u_k - m v_k)) for m < rows, |n| < columns, to
 * `tolerance` times sum w_k. The same as {@link nufftLatticeSums} for real weights, at half the cost.
 *
 * @param strengths the weights, real
 * @param uvWavelengths (K, 2)
 * @param displacements from `displacementLattice`
 * @param tolerance 1e-1 to 1e-14
 * @param out (rows, 2 columns - 1), overwritten
 */
export function nufftDisplacementTable(
  strengths: Strengths,
  uvWavelengths: Float64Array,
  displacements: LatticeFrame,
  tolerance: number,
  out: Float64Array,
  onBlock?: OnBlock,
): void {
  if (displacements.rows === 0 || displacements.columns === 0) return;
  sumOnce(displacementTarget(displacements), strengths, uvWavelengths, tolerance, out, onBlock);
}

/**
 * Sums over visibilities on every point of a lattice by a type-1 non-uniform FFT, the transform of
 * `latticeSums`: out[r, c] = sum_k Re(q_k exp(2 pi i (x_c u_k + y_r v_k))), to `tolerance` times sum |q_k|.
 *
 * @param uvWavelengths (K, 2)
 * @param tolerance 1e-1 to 1e-14
 * @param out (rows, columns), overwritten
 */
export function nufftLatticeSums(
  strengths: Strengths,
  uvWavelengths: Float64Array,
  lattice: LatticeFrame,
  tolerance: number,
  out: Float64Array,
  onBlock?: OnBlock,
): void {
  if (lattice.rows === 0 || lattice.columns === 0) return;
  sumOnce(latticeTarget(lattice), strengths, uvWavelengths, tolerance, out, onBlock);
}

function sumOnce(
  target: NufftTarget,
  strengths: Strengths,
  uvWavelengths: Float64Array,
  tolerance: number,
  out: Float64Array,
  onBlock: OnBlock | undefined,
): void {
  const sums = createNufftSums(target, tolerance, strengths.length);
  addVisibilities(sums, strengths, uvWavelengths, onBlock);
  finishNufftSums(sums, out);
}
