import { slotsOf, type WeightedGraph } from '@wtilde/numerics';

/** A square sparse matrix by rows: row i holds the entries `starts[i]` to `starts[i + 1] - 1`, each column once. */
export interface SparseRows {
  readonly order: number;
  /** (S + 1) */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

export function identityRows(order: number): SparseRows {
  return {
    order,
    starts: Int32Array.from({ length: order + 1 }, (_, row) => row),
    columns: Int32Array.from({ length: order }, (_, row) => row),
    values: new Float64Array(order).fill(1),
  };
}

/** The matrix of a graph, every row over a divisor of its own. */
export function dividedRowsOf(graph: WeightedGraph, divisors: Float64Array): SparseRows {
  const { order, neighbors, sizes, weights, diagonal } = graph;
  const slots = slotsOf(graph);
  const starts = new Int32Array(order + 1);
  for (let row = 0; row < order; row++) starts[row + 1] = starts[row] + sizes[row] + 1;
  const columns = new Int32Array(starts[order]);
  const values = new Float64Array(starts[order]);
  for (let row = 0; row < order; row++) {
    let sum = diagonal[row];
    for (let k = 0; k < sizes[row]; k++) {
      const slot = row * slots + k;
      columns[starts[row] + k] = neighbors[slot];
      values[starts[row] + k] = -weights[slot] / divisors[row];
      sum += weights[slot];
    }
    columns[starts[row + 1] - 1] = row;
    values[starts[row + 1] - 1] = sum / divisors[row];
  }
  return { order, starts, columns, values };
}

/** A B. Cost: for every entry of A the entries of its row of B. */
export function timesRows(a: SparseRows, b: SparseRows): SparseRows {
  const { order } = a;
  const starts = new Int32Array(order + 1);
  const columns: number[] = [];
  const values: number[] = [];
  /** Of every column its entry in the row that is being made, from where that row starts. */
  const places = new Int32Array(order).fill(-1);
  for (let row = 0; row < order; row++) {
    for (let at = a.starts[row]; at < a.starts[row + 1]; at++) {
      const middle = a.columns[at];
      for (let to = b.starts[middle]; to < b.starts[middle + 1]; to++) {
        const column = b.columns[to];
        if (places[column] < starts[row]) {
          places[column] = columns.length;
          columns.push(column);
          values.push(0);
        }
        values[places[column]] += a.values[at] * b.values[to];
      }
    }
    starts[row + 1] = columns.length;
  }
  return { order, starts, columns: Int32Array.from(columns), values: Float64Array.from(values) };
}

/** a_i^t G b_j for rows i of A and j of B, G (S, S). */
export function formOfRows(a: SparseRows, i: number, matrix: Float64Array, b: SparseRows, j: number): number {
  const { order } = a;
  let form = 0;
  for (let at = a.starts[i]; at < a.starts[i + 1]; at++) {
    const base = a.columns[at] * order;
    let sum = 0;
    for (let to = b.starts[j]; to < b.starts[j + 1]; to++) sum += matrix[base + b.columns[to]] * b.values[to];
    form += a.values[at] * sum;
  }
  return form;
}
