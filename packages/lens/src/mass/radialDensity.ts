/** A round density of amplitude 1, as functions of z, the distance from its centre over its scale. */
export interface RadialDensity {
  convergence(z: number): number;
  /** Writes to `out` the convergence, its derivative by ln z, and those by every parameter of its shape. */
  rates(z: number, out: Float64Array): void;
  /** How many parameters its shape has; none by default. */
  readonly shapes?: number;
  /** The power that it falls by from its centre, below 2; 0 where it has a core or rises like a logarithm. */
  readonly cusp?: number;
  /**
   * Whether it has a core that may be far smaller than the distances looked at: what a coarse rule misses of it is then
   * less than it seems, and the rule is refined further.
   */
  readonly cored?: boolean;
  /** Where its slope jumps, if it does. */
  readonly kink?: number;
}

/** One whose deflection and potential are known in closed form. */
export interface ClosedDensity extends RadialDensity {
  /** Towards the centre, in scales. */
  deflection(z: number): number;
  /** In scales squared. */
  potential(z: number): number;
}
