import { identity } from './matrix.js';

const mostSweeps = 30;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations.
 *
 * @returns values, and vectors (order, order), one in each column
 */
export function eigenOf(matrix: Float64Array, order: number) {
  const a = matrix.slice();
  const vectors = identity(order);
  const at = (i: number, j: number) => i * order + j;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let [off, size] = [0, 0];
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < order; j++) {
        if (i === j) size += a[at(i, i)] ** 2;
        else off += a[at(i, j)] ** 2;
      }
    }
    if (!(off > 1e-30 * size)) break;
    for (let p = 0; p < order; p++) {
      for (let q = p + 1; q < order; q++) {
        if (a[at(p, q)] === 0) continue;
        const theta = (a[at(q, q)] - a[at(p, p)]) / (2 * a[at(p, q)]);
        const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const cosine = 1 / Math.hypot(tangent, 1);
        const sine = tangent * cosine;
        for (let k = 0; k < order; k++) rotate(a, at(k, p), at(k, q), cosine, sine);
        for (let k = 0; k < order; k++) rotate(a, at(p, k), at(q, k), cosine, sine);
        for (let k = 0; k < order; k++) rotate(vectors, at(k, p), at(k, q), cosine, sine);
      }
    }
  }
  return { values: Float64Array.from({ length: order }, (_, i) => a[at(i, i)]), vectors };
}

function rotate(a: Float64Array, first: number, second: number, cosine: number, sine: number): void {
  const [x, y] = [a[first], a[second]];
  a[first] = cosine * x - sine * y;
  a[second] = sine * x + cosine * y;
}
