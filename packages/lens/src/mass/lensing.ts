import { type NdArray, real } from '@wtilde/core-types';
import { checkPoints } from '../mesh/points.js';
import { noValue } from '../profile/noValue.js';
import type { MassLaw } from './law.js';
import { type Masses, placed } from './placed.js';

type Grid = NdArray<'real'>;

/**
 * Deflections (P, 2), (y, x) in arcsec, of one mass profile or the sum of several at the points (P, 2) of a grid.
 *
 * Cost: O(P) for each profile.
 *
 * @throws InvalidValue for a profile out of domain or a point that is not finite, DTypeMismatch or ShapeMismatch for
 *   another grid; NumericalFailure, naming profile and point, where a deflection is beyond float64.
 */
export function deflectionsFrom(masses: Masses, grid: Grid): Grid {
  checkPoints(grid, 'grid');
  const sum = new Float64Array(grid.data.length);
  const out = new Float64Array(2);
  for (const { law, centre, cosine, sine, where } of placed(masses)) {
    for (let at = 0; at < sum.length; at += 2) {
      const y = grid.data[at] - centre[0];
      const x = grid.data[at + 1] - centre[1];
      law.deflect(x * cosine + y * sine, y * cosine - x * sine, out);
      if (!Number.isFinite(out[0] + out[1])) throw noValue(where, 'deflection', out, grid, at / 2);
      sum[at] += out[0] * sine + out[1] * cosine;
      sum[at + 1] += out[0] * cosine - out[1] * sine;
    }
  }
  return real(sum, grid.shape);
}

/** Where light from the points of a grid comes from: the grid less its deflections. Errors: {@link deflectionsFrom}. */
export function rayTrace(masses: Masses, grid: Grid): Grid {
  const { data } = deflectionsFrom(masses, grid);
  return real(
    grid.data.map((position, at) => position - data[at]),
    grid.shape,
  );
}

/**
 * Convergence (P): surface mass density over the critical one; Infinity at the centre of a singular profile.
 * Errors: {@link deflectionsFrom}.
 */
export function convergenceFrom(masses: Masses, grid: Grid): Grid {
  return sumOver(masses, grid, 'convergence', (law, x, y) => law.convergence(x, y));
}

/**
 * Potential (P) in arcsec^2, up to a constant; its gradient is the deflection. -Infinity at a point mass.
 * Errors: {@link deflectionsFrom}.
 */
export function potentialFrom(masses: Masses, grid: Grid): Grid {
  return sumOver(masses, grid, 'potential', (law, x, y) => law.potential(x, y));
}

function sumOver(
  masses: Masses,
  grid: Grid,
  quantity: string,
  valueAt: (law: MassLaw<string>, x: number, y: number) => number,
): Grid {
  checkPoints(grid, 'grid');
  const sum = new Float64Array(grid.shape[0]);
  for (const { law, centre, cosine, sine, where } of placed(masses)) {
    for (let point = 0; point < sum.length; point++) {
      const y = grid.data[2 * point] - centre[0];
      const x = grid.data[2 * point + 1] - centre[1];
      const value = valueAt(law, x * cosine + y * sine, y * cosine - x * sine);
      if (Number.isNaN(value)) throw noValue(where, quantity, [value], grid, point);
      sum[point] += value;
    }
  }
  return real(sum);
}
