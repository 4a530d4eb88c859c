/** Nodes in (-1, 1) and weights of the Gauss-Legendre rule with `count` nodes. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The rule that integrates polynomials up to degree 2 count - 1 over [-1, 1] exactly: nodes are the
 * zeros of the Legendre polynomial P_count, found by Newton's method from the guess
 * cos(pi (i + 3/4) / (count + 1/2)); weights are 2 / ((1 - z^2) P'(z)^2). O(count^2).
 */
export function gaussLegendre(count: number): QuadratureRule {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let z = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let step = 0, change = 1; step < 20 && Math.abs(change) > 1e-15; step++) {
      const { value, derivative } = legendre(count, z);
      slope = derivative;
      change = value / derivative;
      z -= change;
    }
    nodes[i] = z;
    weights[i] = 2 / ((1 - z * z) * slope * slope);
  }
  return { nodes, weights };
}

/** P_n(z) by its recurrence k P_k = (2 k - 1) z P_(k-1) - (k - 1) P_(k-2), and P_n'(z). */
function legendre(n: number, z: number): { value: number; derivative: number } {
  let before = 1;
  let value = z;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * z * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return { value, derivative: (n * (z * value - before)) / (z * z - 1) };
}
