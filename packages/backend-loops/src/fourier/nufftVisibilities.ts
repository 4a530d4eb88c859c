import type { OnBlock } from '@wtilde/numerics';
import { type LatticeFrame, latticeTarget } from '@wtilde/numerics';
import { createFineGrid, createKernelBlock, interpolatePoints } from './fineGrid.js';
import { fillField } from './nufftField.js';
import { createNufftPlan } from './nufftPlan.js';
import { createNufftPoints, placePoints, sortByTile } from './nufftPoints.js';
import { cosSinOfTurns } from './turns.js';

/** Visibilities sorted together, at most. */
const CHUNK = 65536;

/**
 * The forward transform (#26) of an image on a lattice by a type-2 non-uniform FFT:
 * V_k = sum_rc image[r, c] exp(-2 pi i (x_c u_k + y_r v_k)), to `tolerance` times sum |image|.
 *
 * The image's spectrum is laid out on a fine grid by an FFT and read there with the spreading kernel.
 * Memory beyond the result does not grow with K.
 *
 * @param image (rows, columns); masked pixels hold 0
 * @param uvWavelengths (K, 2)
 * @param tolerance 1e-1 to 1e-14
 * @param out (K) complex, interleaved, overwritten
 */
export function nufftVisibilities(
  image: Float64Array,
  uvWavelengths: Float64Array,
  lattice: LatticeFrame,
  tolerance: number,
  out: Float64Array,
  onBlock?: OnBlock,
): void {
  const total = out.length / 2;
  const target = latticeTarget(lattice);
  const { modesX, modesY } = target;
  if (modesX === 0 || modesY === 0) {
    out.fill(0);
    return;
  }
  const plan = createNufftPlan({ modesX, modesY, real: false, tolerance, visibilities: total });
  const grid = createFineGrid(plan);
  fillField(plan, target, image, grid);
  const points = createNufftPoints(plan, Math.min(CHUNK, Math.max(total, 1)));
  const block = createKernelBlock(plan);
  const { re, im, turns, cos, sin } = points;
  for (let first = 0; first < total; first += points.capacity) {
    const count = Math.min(points.capacity, total - first);
    placePoints(plan, points, uvWavelengths, target, first, count);
    sortByTile(points, count);
    interpolatePoints(plan, points, count, grid, block);
    // The field is relative to the point of mode (0, 0).
    for (let k = 0, i = 2 * first; k < count; k++, i += 2) {
      turns[k] = uvWavelengths[i] * target.x + uvWavelengths[i + 1] * target.y;
    }
    cosSinOfTurns(turns, count, cos, sin);
    for (let k = 0, o = 2 * first; k < count; k++, o += 2) {
      out[o] = re[k] * cos[k] + im[k] * sin[k];
      out[o + 1] = im[k] * cos[k] - re[k] * sin[k];
    }
    onBlock?.(first + count, total);
  }
}
