import { type NdArray, real } from '@wtilde/core-types';
import { checkPoints } from '../mesh/points.js';
import { type Placed, place } from '../profile/check.js';
import { type MassProfile, massKinds } from './kinds.js';
import type { MassLaw } from './law.js';

type Grid = NdArray<'real'>;
type Masses = MassProfile | readonly MassProfile[];

/**
 * Deflections (P, 2), (y, x) in arcsec, of one mass profile or the sum of several at the points (P, 2) of a grid.
 *
 * Cost: O(P) for each profile.
 *
 * @throws InvalidValue for a profile out of domain or a point that is not finite, ShapeMismatch for another grid.
 */
export function deflectionsFrom(masses: Masses, grid: Grid): Grid {
  checkPoints(grid, 'grid');
  const sum = new Float64Array(grid.data.length);
  const out = new Float64Array(2);
  for (const { law, centre, cosine, sine } of placed(masses)) {
    for (let at = 0; at < sum.length; at += 2) {
      const y = grid.data[at] - centre[0];
      const x = grid.data[at + 1] - centre[1];
      law.deflect(x * cosine + y * sine, y * cosine - x * sine, out);
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

/** Convergence (P): surface mass density over the critical one. Errors: {@link deflectionsFrom}. */
export function convergenceFrom(masses: Masses, grid: Grid): Grid {
  return sumOver(masses, grid, (law, x, y) => law.convergence(x, y));
}

/** Potential (P) in arcsec^2, up to a constant; its gradient is the deflection. Errors: {@link deflectionsFrom}. */
export function potentialFrom(masses: Masses, grid: Grid): Grid {
  return sumOver(masses, grid, (law, x, y) => law.potential(x, y));
}

function sumOver(masses: Masses, grid: Grid, valueAt: (law: MassLaw, x: number, y: number) => number): Grid {
  checkPoints(grid, 'grid');
  const sum = new Float64Array(grid.shape[0]);
  for (const { law, centre, cosine, sine } of placed(masses)) {
    for (let point = 0; point < sum.length; point++) {
      const y = grid.data[2 * point] - centre[0];
      const x = grid.data[2 * point + 1] - centre[1];
      sum[point] += valueAt(law, x * cosine + y * sine, y * cosine - x * sine);
    }
  }
  return real(sum);
}

function placed(masses: Masses): Placed<MassLaw>[] {
  const profiles: readonly MassProfile[] = 'type' in masses ? [masses] : masses;
  return profiles.map((profile, at) => place(massKinds, profile, `mass[${at}]`));
}
