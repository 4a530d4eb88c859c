import type { NeighborGraph } from '@wtilde/numerics';

/**
 * log det(coupling L + ground I) from the exact determinant of the matrix whose elements are those of
 * `coupling` and `ground` without rounding: integers after multiplication by a power of 2, eliminated
 * without fractions (Bareiss).
 */
export function exactLogDeterminant(graph: NeighborGraph, coupling: number, ground: number): number {
  const { order, neighbors, sizes } = graph;
  const slots = order === 0 ? 0 : neighbors.length / order;
  const shift = Math.max(denominatorBits(coupling), denominatorBits(ground));
  const [edge, earth] = [scaled(coupling, shift), scaled(ground, shift)];
  const rows = Array.from({ length: order }, () => Array.from({ length: order }, () => 0n));
  for (let i = 0; i < order; i++) {
    rows[i][i] = earth + edge * BigInt(sizes[i]);
    for (const j of neighbors.subarray(i * slots, i * slots + sizes[i])) rows[i][j] -= edge;
  }
  return logOf(bareiss(rows)) - order * shift * Math.LN2;
}

/** The exact determinant of a positive definite integer matrix. */
function bareiss(rows: bigint[][]): bigint {
  const n = rows.length;
  let previous = 1n;
  for (let k = 0; k < n - 1; k++) {
    const pivot = rows[k][k];
    for (let i = k + 1; i < n; i++) {
      for (let j = i; j < n; j++) {
        rows[i][j] = (rows[i][j] * pivot - rows[k][i] * rows[k][j]) / previous;
      }
    }
    previous = pivot;
  }
  return n === 0 ? 1n : rows[n - 1][n - 1];
}

/** The least b for which x 2^b is an integer. */
function denominatorBits(x: number): number {
  let bits = 0;
  for (let rest = x; !Number.isInteger(rest); rest *= 2) bits++;
  return bits;
}

function scaled(x: number, shift: number): bigint {
  const bits = denominatorBits(x);
  return BigInt(x * 2 ** bits) << BigInt(shift - bits);
}

/** The natural logarithm, from the leading 62 bits. */
function logOf(x: bigint): number {
  const excess = Math.max(0, x.toString(2).length - 62);
  return Math.log(Number(x >> BigInt(excess))) + excess * Math.LN2;
}
