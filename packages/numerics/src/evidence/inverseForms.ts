import { slotsOf } from '../neighborGraph.js';
import type { FactoredEvidence } from './evidenceTerms.js';
import type { GraphDerivatives } from './graphDerivatives.js';
import type { WeightedGraph } from './weightedGraph.js';

/**
 * The derivatives of log det(F + H) by the weights and the diagonal of a graph: e^t (F + H)^-1 e with e = e_i - e_j for
 * every edge, and the diagonal of the inverse, which holds the variances of the source.
 *
 * From the inverse in the basis of the factorization: in levels and differences a level, which only F holds, is in no
 * difference, and beside it an edge would lose its digits. O(S P).
 *
 * @param inverse row-major, symmetric (S, S), of the matrix that was factored
 */
export function inverseForms(
  inverse: Float64Array,
  { basis, regularization: { roots } }: Pick<FactoredEvidence, 'basis' | 'regularization'>,
  graph: WeightedGraph,
): Omit<GraphDerivatives, 'logDet'> {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const signed = createSigned(inverse, order);
  const byDiagonal = Float64Array.from({ length: order }, (_, i) => {
    signed.clear();
    signed.add(i, 1);
    if (basis.levels && roots[i] !== i) signed.add(roots[i], 1);
    return signed.form();
  });
  const byWeights = new Float64Array(order * slots);
  for (let i = 0; i < order; i++) {
    for (let slot = i * slots; slot < i * slots + sizes[i]; slot++) {
      const j = neighbors[slot];
      signed.clear();
      // B^t (e_i - e_j): within a component the level drops out, and a root is no difference to itself.
      if (!basis.levels || roots[i] !== i) signed.add(i, 1);
      if (!basis.levels || roots[j] !== j) signed.add(j, -1);
      // An edge without weight may join two components.
      if (basis.levels && roots[i] !== roots[j]) {
        signed.add(roots[i], 1);
        signed.add(roots[j], -1);
      }
      byWeights[slot] = signed.form();
    }
  }
  return { byWeights, byDiagonal };
}

/** A vector with a few elements of 1 and -1, and its quadratic form. */
function createSigned(matrix: Float64Array, order: number) {
  const places = new Int32Array(4);
  const signs = new Float64Array(4);
  let count = 0;
  return {
    clear() {
      count = 0;
    },
    add(place: number, sign: number) {
      places[count] = place;
      signs[count++] = sign;
    },
    form() {
      let sum = 0;
      for (let a = 0; a < count; a++) {
        for (let b = 0; b < count; b++) sum += signs[a] * signs[b] * matrix[places[a] * order + places[b]];
      }
      return sum;
    },
  };
}
