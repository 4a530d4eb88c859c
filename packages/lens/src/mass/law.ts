/**
 * A mass profile around the origin, its major axis along x, lengths in arcsec.
 *
 * The deflection is the gradient of the potential, the convergence half its Laplacian.
 */
export interface MassLaw {
  /** Writes the deflection (along x, along y) in arcsec to `out`. */
  deflect(x: number, y: number, out: Float64Array): void;
  /** Surface mass density over the critical one. */
  convergence(x: number, y: number): number;
  /** In arcsec^2, up to a constant. */
  potential(x: number, y: number): number;
}

/** No mass at all, also at the centre, where the formulas of singular profiles say 0 / 0. */
export const massless: MassLaw = {
  deflect: (_x, _y, out) => out.fill(0),
  convergence: () => 0,
  potential: () => 0,
};
