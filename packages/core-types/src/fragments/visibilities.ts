/** Parameters that describe visibilities and grids, and the yardsticks of the transforms over them. */
import type { NdArray } from '../arrays.js';
import type { Measure } from '../descriptor.js';
import { latticeOf } from '../lattice.js';
import type { Yardsticks } from '../numericClasses.js';
import { array } from '../params.js';

export const uvWavelengths = array('real', ['K', 2], 'baselines u, v of the visibilities in wavelengths');

export const noiseMapReal = array('real', ['K'], 'real part of the noise of the visibilities', { values: 'nonZero' });

export const visibilities = array('complex', ['K'], 'visibilities');

export const noiseMap = array('complex', ['K'], 'noise of the visibilities, real and imaginary part', {
  values: 'nonZero',
});

export const gridRadiansSlim = array('real', ['M', 2], 'centres (y, x) of the unmasked pixels in radians');

type Real = NdArray<'real'>;

/** The yardstick of sums over visibilities at absolute positions. */
export function positionYardstick(uv: Real, grid: Real, strength: number): Yardsticks {
  const reach = (column: number) => largest(grid, column, Math.abs);
  return { transform: { strength, maxPhase: maxPhase(uv, reach(1), reach(0)) } };
}

/** The yardstick of sums over visibilities at displacements between the points of a grid. */
export function displacementYardstick(uv: Real, grid: Real, strength: number): Yardsticks {
  const extent = (column: number) => (grid.shape[0] === 0 ? 0 : largest(grid, column) + largest(grid, column, negate));
  return { transform: { strength, maxPhase: maxPhase(uv, extent(1), extent(0)) } };
}

/** The yardstick of sums over visibilities at displacements of up to (rows, columns) pixels of a pitch in radians. */
export function pixelYardstick(uv: Real, rows: number, columns: number, pitch: number, strength: number): Yardsticks {
  return { transform: { strength, maxPhase: maxPhase(uv, columns * pitch, rows * pitch) } };
}

/** sum_k n_k^-2 */
export function sumOfWeights(noiseMapReal: Real): number {
  return noiseMapReal.data.reduce((sum, noise) => sum + noise ** -2, 0);
}

export const arcsecPerRadian = 648000 / Math.PI;

/** One pixel in radians from its size in arcsec. */
export function radiansPerPixel(pixelScaleArcsec: number): number {
  return (pixelScaleArcsec * Math.PI) / 648000;
}

/** Points of the bounding lattice of a grid, 0 where the grid is no lattice. */
export const latticePoints: Measure<{ readonly gridRadiansSlim: Real }> = {
  doc: 'rows times columns of the regular lattice that the grid lies on, 0 where it lies on none',
  of: (args) => {
    const lattice = latticeOf(args.gridRadiansSlim);
    return lattice === undefined ? 0 : lattice.rows * lattice.columns;
  },
};

function maxPhase(uv: Real, x: number, y: number): number {
  let max = 0;
  for (let k = 0; k < uv.data.length; k += 2) {
    max = Math.max(max, Math.abs(uv.data[k]) * x + Math.abs(uv.data[k + 1]) * y);
  }
  return 2 * Math.PI * max;
}

function largest(grid: Real, column: number, of: (value: number) => number = (value) => value): number {
  let max = grid.shape[0] === 0 ? 0 : Number.NEGATIVE_INFINITY;
  for (let i = column; i < grid.data.length; i += 2) max = Math.max(max, of(grid.data[i]));
  return max;
}

function negate(value: number): number {
  return -value;
}
