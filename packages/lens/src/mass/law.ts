import { type Parameters, type ProfileKind, profileKind, type Symmetry } from '../profile/kind.js';

/**
 * A mass profile around the origin, its major axis along x, lengths in arcsec; `Name` are the parameters it has.
 *
 * The deflection is the gradient of the potential, the convergence half its Laplacian.
 */
export interface MassLaw<Name extends string> {
  /** Writes the deflection (along x, along y) in arcsec to `out`. */
  deflect(x: number, y: number, out: Float64Array): void;
  /** Surface mass density over the critical one. */
  convergence(x: number, y: number): number;
  /** In arcsec^2, up to a constant. */
  potential(x: number, y: number): number;
  /**
   * The adjoint of `deflect`: where a quantity changes by `alongX`, `alongY` for every arcsec of deflection, how it
   * changes with the place and with every parameter.
   *
   * At the centre of a singular profile, where derivatives do not exist, all are 0, the mean of all directions.
   */
  adjoint(x: number, y: number, alongX: number, alongY: number): Adjoint<Name>;
}

/** The derivatives of one quantity by the place and by every parameter. */
type Adjoint<Name extends string> = { readonly [Each in Name | 'x' | 'y']: number };

/**
 * What an ellipse adds to an adjoint: the derivative by the axis ratio q, and `turn`, that by the angle of the major
 * axis in radians over (1 - q) / (1 + q), which stays what it is where a profile is round.
 */
export type EllipseName = 'axisRatio' | 'turn';

/** No mass at all, also at the centre, where the formulas of singular profiles say 0 / 0. */
export const massless: Omit<MassLaw<string>, 'adjoint'> = {
  deflect: (_x, _y, out) => out.fill(0),
  convergence: () => 0,
  potential: () => 0,
};

/** A kind of mass profile: its law is differentiable by every parameter that the kind has. */
export function massKind<const P extends Parameters, const S extends Symmetry>(
  kind: ProfileKind<P, S, MassLaw<(keyof P & string) | (S extends 'elliptical' ? EllipseName : never)>>,
) {
  return profileKind(kind);
}
