/**
 * Log evidences in exact integers: float64 numbers are integers over powers of two, and with Bareiss' elimination both
 * determinants and D^t (F + H)^-1 D = -det [[A, D], [D^t, 0]] / det A come out without rounding.
 */
import type { NeighborGraph } from '../../src/neighborGraph.js';

/** Numbers are scaled by 2^bits; products of two of them by twice that. Covers c^2 = 1e-24 and the ridge exactly. */
const bits = 160n;

export function exactLogEvidence(
  curvatureMatrix: Float64Array,
  dataVector: Float64Array,
  coefficient: number,
  graph: NeighborGraph,
  chiSquared0: number,
  noiseNormalization: number,
): number {
  const { order } = graph;
  const H = regularization(coefficient, graph);
  const A = H.map((row, i) => row.map((value, j) => value + integerOf(curvatureMatrix[i * order + j])));
  const D = Array.from(dataVector, integerOf);
  const bordered = [...A.map((row, i) => [...row, D[i]]), [...D, 0n]];
  const determinant = determinantOf(A);
  const fit = ratio(-determinantOf(bordered), determinant) / Number(1n << bits);
  const logDeterminants = logOf(determinant) - logOf(determinantOf(H));
  return -0.5 * (chiSquared0 - fit + logDeterminants + noiseNormalization);
}

function regularization(coefficient: number, { order, neighbors, sizes }: NeighborGraph): bigint[][] {
  const slots = order === 0 ? 0 : neighbors.length / order;
  const coupling = (integerOf(coefficient) * integerOf(coefficient)) >> bits;
  const rows = Array.from({ length: order }, () => Array.from({ length: order }, () => 0n));
  for (let i = 0; i < order; i++) {
    rows[i][i] = integerOf(1e-8) + coupling * BigInt(sizes[i]);
    for (const j of neighbors.subarray(i * slots, i * slots + sizes[i])) rows[i][j] -= coupling;
  }
  return rows;
}

function integerOf(value: number): bigint {
  let exponent = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent += 1;
  }
  return (BigInt(scaled) << bits) >> BigInt(exponent);
}

/** The determinant of a symmetric matrix whose leading minors are not zero, fraction-free. */
function determinantOf(matrix: readonly (readonly bigint[])[]): bigint {
  const rows = matrix.map((row) => [...row]);
  const n = rows.length;
  let previous = 1n;
  for (let k = 0; k < n - 1; k++) {
    for (let i = k + 1; i < n; i++) {
      for (let j = k + 1; j < n; j++) {
        rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) / previous;
      }
    }
    previous = rows[k][k];
  }
  return rows[n - 1][n - 1];
}

function ratio(a: bigint, b: bigint): number {
  const shifted = (a << 80n) / b;
  return Number(shifted) / 2 ** 80;
}

function logOf(value: bigint): number {
  const digits = value.toString(2).length;
  const shift = Math.max(0, digits - 60);
  return Math.log(Number(value >> BigInt(shift))) + shift * Math.LN2;
}
