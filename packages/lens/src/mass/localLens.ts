import { type NdArray, real } from '@wtilde/core-types';
import { checkPoints } from '../mesh/points.js';
import { noValue } from '../profile/noValue.js';
import { type Masses, placed } from './placed.js';

type Grid = NdArray<'real'>;

/** What a lens does to a small source: writes convergence, gamma1 and gamma2 at (y, x) to `out`. */
export type LocalLens = (y: number, x: number, out: Float64Array) => void;

/**
 * The derivatives of the deflections of some masses, in closed form from the adjoint of each profile: kappa =
 * (a_xx + a_yy) / 2, gamma1 = (a_xx - a_yy) / 2, gamma2 = a_xy. At the centre of a profile its shear is 0, the mean of
 * all directions, and its convergence Infinity where it is singular.
 */
export function localLensOf(masses: Masses): LocalLens {
  const profiles = placed(masses).map((profile) => ({
    ...profile,
    cosine2: (profile.cosine - profile.sine) * (profile.cosine + profile.sine),
    sine2: 2 * profile.cosine * profile.sine,
  }));
  return (y, x, out) => {
    out.fill(0);
    for (const { law, centre, cosine, sine, cosine2, sine2 } of profiles) {
      const dy = y - centre[0];
      const dx = x - centre[1];
      if (dx === 0 && dy === 0) {
        out[0] += law.convergence(0, 0);
        const { x: atCentre, y: across } = law.adjoint(0, 0, 1, 0);
        const { y: other } = law.adjoint(0, 0, 0, 1);
        addShear(out, (atCentre - other) / 2, across, cosine2, sine2);
        continue;
      }
      const along = dx * cosine + dy * sine;
      const crosswise = dy * cosine - dx * sine;
      const { x: xx, y: xy } = law.adjoint(along, crosswise, 1, 0);
      const { y: yy } = law.adjoint(along, crosswise, 0, 1);
      out[0] += (xx + yy) / 2;
      addShear(out, (xx - yy) / 2, xy, cosine2, sine2);
    }
  };
}

/** A shear turns by twice the angle of its frame. */
function addShear(out: Float64Array, gamma1: number, gamma2: number, cosine2: number, sine2: number): void {
  out[1] += gamma1 * cosine2 - gamma2 * sine2;
  out[2] += gamma1 * sine2 + gamma2 * cosine2;
}

/**
 * Shear (P, 2), (gamma1, gamma2), of one mass profile or the sum of several: gamma1 = (psi_xx - psi_yy) / 2, gamma2 =
 * psi_xy, exact derivatives of the deflection. At the centre of a singular profile that profile counts as 0, the mean
 * of all directions.
 *
 * @throws InvalidValue for a profile out of domain or a point that is not finite, DTypeMismatch or ShapeMismatch for
 *   another grid; NumericalFailure, naming the point, where a derivative is beyond float64.
 */
export function shearFrom(masses: Masses, grid: Grid): Grid {
  const shear = new Float64Array(grid.data.length);
  eachPoint(masses, grid, 'shear', (at, local) => {
    shear[2 * at] = local[1];
    shear[2 * at + 1] = local[2];
    return shear[2 * at] + shear[2 * at + 1];
  });
  return real(shear, grid.shape);
}

/**
 * Magnification (P) of a point source, 1 / ((1 - kappa)^2 - gamma1^2 - gamma2^2): negative where its image is mirrored,
 * Infinity on a critical curve, 0 at the centre of a singular profile. Errors: {@link shearFrom}.
 */
export function magnificationFrom(masses: Masses, grid: Grid): Grid {
  const magnification = new Float64Array(grid.shape[0]);
  eachPoint(masses, grid, 'magnification', (at, [kappa, gamma1, gamma2]) => {
    const gamma = Math.hypot(gamma1, gamma2);
    const determinant = (1 - kappa - gamma) * (1 - kappa + gamma);
    // At a singular centre (-Infinity) * (-Infinity), elsewhere a number.
    magnification[at] = 1 / determinant;
    return magnification[at];
  });
  return real(magnification);
}

function eachPoint(
  masses: Masses,
  grid: Grid,
  quantity: string,
  visit: (at: number, local: Float64Array) => number,
): void {
  checkPoints(grid, 'grid');
  const localAt = localLensOf(masses);
  const local = new Float64Array(3);
  for (let at = 0; at < grid.shape[0]; at++) {
    localAt(grid.data[2 * at], grid.data[2 * at + 1], local);
    if (Number.isNaN(visit(at, local))) throw noValue('mass', quantity, local, grid, at);
  }
}
