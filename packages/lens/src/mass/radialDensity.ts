/** A round density of amplitude 1, as functions of z, the distance from its centre over its scale. */
export interface RadialDensity {
  convergence(z: number): number;
  /** Writes the convergence and its derivative by ln z to `out`. */
  rates(z: number, out: Float64Array): void;
  /** Towards the centre, in scales. */
  deflection(z: number): number;
  /** In scales squared. */
  potential(z: number): number;
}
