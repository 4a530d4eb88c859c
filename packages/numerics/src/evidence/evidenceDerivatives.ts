import type { DisplacementTable } from '../displacementTable.js';
import { slotsOf } from '../neighborGraph.js';
import { factorEvidence } from './factorEvidence.js';
import { inverseOf } from './inverse.js';
import { regularizationOfGraph } from './regularizationForm.js';
import type { WeightedGraph } from './weightedGraph.js';

/** An evidence that has been worked out, and what it was made from. */
export interface DifferentiableEvidence {
  /** F + H, factored. */
  readonly factored: ReturnType<typeof factorEvidence>;
  /** H. */
  readonly graph: WeightedGraph;
  /** W by displacement. */
  readonly table: DisplacementTable;
  /** (M, 2) row and column of the image pixels. */
  readonly nativeIndex: Int32Array;
  /** (M, B) the mapping; -1 pads. */
  readonly pixIndexes: Int32Array;
  readonly pixWeights: Float64Array;
  /** (M) */
  readonly dirtyImage: Float64Array;
  /** s (S). */
  readonly reconstruction: Float64Array;
}

/** Derivatives of a log evidence by the entries of the mapping and by the regularization. */
export interface EvidenceDerivatives {
  /** (M, B) by the listed weights of the mapping; 0 where -1 pads. */
  readonly byMapping: Float64Array;
  /** (S, P) by the weight of each edge, the same from both ends. */
  readonly byWeights: Float64Array;
  /** (S) by the diagonal of the graph. */
  readonly byDiagonal: Float64Array;
}

/**
 * The derivatives of the log evidence, exactly: s is stationary, so none of s is needed. With A = F + H,
 *
 *   dE/dT_ij = s_j (d - W T s)_i - (W T A^-1)_ij   on the listed entries of T,
 *   dE/dw_ij = -1/2 [ (s_i - s_j)^2 + e^t A^-1 e - e^t H^-1 e ],   e = e_i - e_j,
 *   dE/ddiagonal_i = -1/2 [ s_i^2 + (A^-1)_ii - (H^-1)_ii ].
 *
 * W T is made row by row and never held. Cost: M^2 B + M B S + 4/3 S^3 operations; memory: three (S, S) matrices.
 */
export function evidenceDerivatives(evidence: DifferentiableEvidence): EvidenceDerivatives {
  const inverse = inverseOf(evidence.factored);
  const { graph, reconstruction } = evidence;
  const { order } = graph;
  const prior = inverseOf(factorEvidence(new Float64Array(order * order), regularizationOfGraph(graph)));
  return {
    byMapping: byMapping(evidence, inverse),
    ...byGraph(graph, reconstruction, inverse, prior),
  };
}

function byMapping(
  { table, nativeIndex, pixIndexes, pixWeights, dirtyImage, reconstruction }: DifferentiableEvidence,
  inverse: Float64Array,
): Float64Array {
  const rows = dirtyImage.length;
  const order = reconstruction.length;
  const slots = rows === 0 ? 0 : pixIndexes.length / rows;
  const result = new Float64Array(pixIndexes.length);
  const product = new Float64Array(order);
  for (let i = 0; i < rows; i++) {
    rowOfProduct(table, nativeIndex, pixIndexes, pixWeights, i, product);
    let fit = 0;
    for (let k = 0; k < order; k++) fit += product[k] * reconstruction[k];
    const residual = dirtyImage[i] - fit;
    for (let e = i * slots; e < (i + 1) * slots && pixIndexes[e] >= 0; e++) {
      const column = pixIndexes[e] * order;
      let covariance = 0;
      for (let k = 0; k < order; k++) covariance += product[k] * inverse[column + k];
      result[e] = reconstruction[pixIndexes[e]] * residual - covariance;
    }
  }
  return result;
}

/** Row i of W T (S). */
export function rowOfProduct(
  { columns, values }: DisplacementTable,
  nativeIndex: Int32Array,
  pixIndexes: Int32Array,
  pixWeights: Float64Array,
  i: number,
  product: Float64Array,
): void {
  const rows = nativeIndex.length / 2;
  const slots = pixIndexes.length / rows;
  const width = 2 * columns - 1;
  const [row, column] = [nativeIndex[2 * i], nativeIndex[2 * i + 1]];
  product.fill(0);
  for (let j = 0; j < rows; j++) {
    const down = row - nativeIndex[2 * j];
    const right = column - nativeIndex[2 * j + 1];
    const w = down >= 0 ? values[down * width + right + columns - 1] : values[-down * width - right + columns - 1];
    for (let e = j * slots; e < (j + 1) * slots && pixIndexes[e] >= 0; e++) product[pixIndexes[e]] += w * pixWeights[e];
  }
}

function byGraph(
  graph: WeightedGraph,
  s: Float64Array,
  inverse: Float64Array,
  prior: Float64Array,
): Pick<EvidenceDerivatives, 'byWeights' | 'byDiagonal'> {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const gain = (i: number, j: number) => inverse[i * order + j] - prior[i * order + j];
  const byWeights = new Float64Array(order * slots);
  const byDiagonal = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    byDiagonal[i] = -(s[i] * s[i] + gain(i, i)) / 2;
    for (let slot = i * slots; slot < i * slots + sizes[i]; slot++) {
      const j = neighbors[slot];
      byWeights[slot] = -((s[i] - s[j]) ** 2 + gain(i, i) + gain(j, j) - 2 * gain(i, j)) / 2;
    }
  }
  return { byWeights, byDiagonal };
}
