/** Weights of some vertices at a point, and what derivatives by the weights are by the places. */
export interface Interpolation {
  /** (y, x) of the points of the mesh, then of the point. */
  readonly points: Float64Array;
  /** Where in `points` the point is. */
  readonly point: number;
  /** The vertices that have a weight, as many as `open` returned. */
  readonly ring: Int32Array;
  /** Looks at a point: how many vertices have a weight; 0 where it is not within the hull, `~` of a vertex that it is on. */
  open(y: number, x: number): number;
  /** Writes the weights of the `size` vertices: at least 0, together 1, and of the place of the point on average. */
  weigh(size: number, weights: Float64Array): void;
  /**
   * After `weigh`: adds to `sums`, laid out like `points`, the derivatives by places of a function whose derivatives by
   * the weights are given.
   */
  pull(size: number, weights: Float64Array, derivatives: Float64Array, sums: Float64Array): void;
}

/** Turns shares into weights that add up to 1; returns the sum of the shares. */
export function normalize(size: number, weights: Float64Array): number {
  let total = 0;
  for (let k = 0; k < size; k++) total += weights[k];
  for (let k = 0; k < size; k++) weights[k] /= total;
  return total;
}

/** The mean of the derivatives: a share s_k has d w_k = (d s_k - w_k sum d s_j) / total. */
export function meanDerivative(size: number, weights: Float64Array, derivatives: Float64Array): number {
  let mean = 0;
  for (let k = 0; k < size; k++) mean += weights[k] * derivatives[k];
  return mean;
}
