import { slotsOf } from '../neighborGraph.js';
import { RIDGE, type WeightedGraph } from './weightedGraph.js';

/** Is told an element of a matrix. */
export type VisitElement = (row: number, column: number, value: number) => void;

/**
 * A regularization matrix H taken apart into a Laplacian and what its rows sum to,
 *
 *   s^t H s = sum over i > j of -H_ij (s_i - s_j)^2 + sum_i excess_i s_i^2,
 *
 * which holds for every symmetric H and subtracts nothing where the off-diagonals are negative, as those of a graph are.
 * Beside large couplings the excess is lost in the diagonal of H; here it stands on its own.
 */
export interface RegularizationForm {
  /** S, the number of source pixels. */
  readonly order: number;
  /** (S) the row sums of H. */
  readonly excess: Float64Array;
  /** (S) of every source pixel the one that stands for its connected component: the last one of it. */
  readonly roots: Int32Array;
  /** The sum of the diagonal of H. */
  readonly trace: number;
  /** The sum over i > j of -H_ij (t_i - t_j)^2. O(edges). */
  roughness(t: Float64Array): number;
  /** Names the elements of H on and below the diagonal that are not zero. */
  visitLower(visit: VisitElement): void;
}

/** H of a weighted graph. O(S P). */
export function regularizationOfGraph(graph: WeightedGraph): RegularizationForm {
  const { order, neighbors, sizes, weights, diagonal } = graph;
  const slots = slotsOf(graph);
  const components = new Components(order);
  let trace = 0;
  for (let i = 0; i < order; i++) {
    trace += diagonal[i];
    for (let slot = i * slots; slot < i * slots + sizes[i]; slot++) {
      trace += weights[slot];
      if (weights[slot] !== 0) components.join(i, neighbors[slot]);
    }
  }
  return {
    order,
    excess: diagonal,
    roots: components.roots(),
    trace,
    roughness(t) {
      let sum = 0;
      for (let i = 0; i < order; i++) {
        for (let slot = i * slots; slot < i * slots + sizes[i]; slot++) {
          if (neighbors[slot] < i) sum += weights[slot] * (t[i] - t[neighbors[slot]]) ** 2;
        }
      }
      return sum;
    },
    visitLower(visit) {
      for (let i = 0; i < order; i++) {
        let sum = diagonal[i];
        for (let slot = i * slots; slot < i * slots + sizes[i]; slot++) {
          sum += weights[slot];
          if (neighbors[slot] < i) visit(i, neighbors[slot], -weights[slot]);
        }
        visit(i, i, sum);
      }
    },
  };
}

/**
 * A symmetric H (S, S) of which the lower triangle is read. O(S^2).
 *
 * A row sum that rounding of the diagonal element cannot tell from 1e-8 counts as 1e-8: the constant regularization of
 * c = 1e6 adds 1e-8 to diagonals of 1e13, whose last digit is 1e-3.
 *
 * @param rowSums (S) where they are known better than that
 */
export function regularizationOfMatrix(
  order: number,
  matrix: Float64Array,
  rowSums?: Float64Array,
): RegularizationForm {
  const excess = new Float64Array(order);
  const lost = new Float64Array(order);
  const components = new Components(order);
  // Neumaier's compensated sum for all rows at once: element (i, j) belongs to rows i and j.
  const add = (row: number, term: number) => {
    const sum = excess[row] + term;
    lost[row] += Math.abs(excess[row]) >= Math.abs(term) ? excess[row] - sum + term : term - sum + excess[row];
    excess[row] = sum;
  };
  let trace = 0;
  for (let i = 0; i < order; i++) {
    trace += matrix[i * order + i];
    add(i, matrix[i * order + i]);
    for (let j = 0; j < i; j++) {
      const element = matrix[i * order + j];
      if (element === 0) continue;
      components.join(i, j);
      add(i, element);
      add(j, element);
    }
  }
  for (let i = 0; i < order; i++) {
    const sum = excess[i] + lost[i];
    if (rowSums !== undefined) excess[i] = rowSums[i];
    else excess[i] = Math.abs(sum - RIDGE) <= Number.EPSILON * Math.abs(matrix[i * order + i]) ? RIDGE : sum;
  }
  return {
    order,
    excess,
    roots: components.roots(),
    trace,
    roughness(t) {
      let sum = 0;
      for (let i = 0; i < order; i++) {
        for (let j = 0; j < i; j++) sum -= matrix[i * order + j] * (t[i] - t[j]) ** 2;
      }
      return sum;
    },
    visitLower(visit) {
      for (let i = 0; i < order; i++) {
        for (let j = 0; j <= i; j++) if (matrix[i * order + j] !== 0) visit(i, j, matrix[i * order + j]);
      }
    },
  };
}

/** Connected components by union with path halving; the greater of two vertices always leads. */
export class Components {
  readonly #leaders: Int32Array;
  #count: number;

  constructor(order: number) {
    this.#leaders = Int32Array.from({ length: order }, (_, i) => i);
    this.#count = order;
  }

  join(a: number, b: number): void {
    // Where all are one, as they are soon in a dense matrix, there is nothing to look for.
    if (this.#count === 1) return;
    const [first, second] = [this.#leaderOf(a), this.#leaderOf(b)];
    if (first === second) return;
    this.#leaders[Math.min(first, second)] = Math.max(first, second);
    this.#count -= 1;
  }

  roots(): Int32Array {
    return this.#leaders.map((_, i) => this.#leaderOf(i));
  }

  #leaderOf(vertex: number): number {
    const leaders = this.#leaders;
    let at = vertex;
    while (leaders[at] !== at) {
      leaders[at] = leaders[leaders[at]];
      at = leaders[at];
    }
    return at;
  }
}
