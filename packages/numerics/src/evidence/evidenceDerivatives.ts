import { slotsOf } from '../neighborGraph.js';
import type { FactoredEvidence, SolvedEvidence } from './evidenceTerms.js';
import type { GraphDerivatives } from './graphDerivatives.js';
import type { WeightedGraph } from './weightedGraph.js';

/** What an evidence and its derivatives are made from, besides the terms. */
export interface DifferentiableEvidence {
  /** H. */
  readonly graph: WeightedGraph;
  /** (M, B) the mapping; -1 ends a row. */
  readonly pixIndexes: Int32Array;
  /** s (S). */
  readonly reconstruction: Float64Array;
  /** q = (F + H)^-1 H s (S), of `responseOf`. */
  readonly response: Float64Array;
  /** d - W T s (M), the dirty image of what the source does not explain. */
  readonly residual: Float64Array;
  /** W T q (M). */
  readonly responseImage: Float64Array;
  /** (M, B) W T (F + H)^-1 on the listed entries of T. */
  readonly covariance: Float64Array;
  /** Derivatives of log det(F + H), of `inverseForms`. */
  readonly posterior: Omit<GraphDerivatives, 'logDet'>;
  /** Derivatives of log det H. */
  readonly prior: Omit<GraphDerivatives, 'logDet'>;
}

/** Derivatives of one number by mapping and regularization. */
export interface Derivatives {
  /** (M, B) by the listed weights of the mapping; 0 where -1 pads. */
  readonly byMapping: Float64Array;
  /** (S, P) by the weight of each edge, the same from both ends. */
  readonly byWeights: Float64Array;
  /** (S) by the diagonal of the graph. */
  readonly byDiagonal: Float64Array;
}

/** The derivatives of a log evidence, and of those of its terms from which the others follow. */
export interface EvidenceDerivatives {
  readonly logEvidence: Derivatives;
  readonly chiSquared: Derivatives;
  readonly logDetCurvatureRegMatrix: Derivatives;
  readonly logDetRegularizationMatrix: Omit<Derivatives, 'byMapping'>;
}

/**
 * The derivatives of the log evidence and its terms, exactly. With A = F + H, r = d - W T s and q = A^-1 H s,
 *
 *   d logEvidence / dT_ij = s_j r_i - (W T A^-1)_ij   on the listed entries of T,
 *   d logEvidence / dw_ij = -1/2 [ (s_i - s_j)^2 + e^t A^-1 e - e^t H^-1 e ],   e = e_i - e_j,
 *   d logEvidence / ddiagonal_i = -1/2 [ s_i^2 + (A^-1)_ii - (H^-1)_ii ]:
 *
 * s is stationary in chi^2 + s^t H s, so that its own derivative is not needed. In chi^2 alone it is,
 *
 *   d chi^2 / dT_ij = 2 [ (W T q)_i s_j - r_i (s_j + q_j) ],   d chi^2 / dw_ij = 2 (q_i - q_j) (s_i - s_j).
 *
 * O(M B + S P): what costs is in the arguments.
 */
export function evidenceDerivatives(evidence: DifferentiableEvidence): EvidenceDerivatives {
  const { graph, posterior, prior, reconstruction: s, response: q } = evidence;
  const square = onGraph(graph, (i, j) => difference(s, i, j) ** 2);
  const chi = onGraph(graph, (i, j) => 2 * difference(q, i, j) * difference(s, i, j));
  const total = (of: 'byWeights' | 'byDiagonal') =>
    square[of].map((value, at) => -(value + posterior[of][at] - prior[of][at]) / 2);
  return {
    logEvidence: {
      byMapping: onMapping(evidence, (i, j, at) => s[j] * evidence.residual[i] - evidence.covariance[at]),
      byWeights: total('byWeights'),
      byDiagonal: total('byDiagonal'),
    },
    chiSquared: {
      byMapping: onMapping(
        evidence,
        (i, j) => 2 * (evidence.responseImage[i] * s[j] - evidence.residual[i] * (s[j] + q[j])),
      ),
      ...chi,
    },
    logDetCurvatureRegMatrix: {
      byMapping: onMapping(evidence, (_i, _j, at) => 2 * evidence.covariance[at]),
      byWeights: posterior.byWeights,
      byDiagonal: posterior.byDiagonal,
    },
    logDetRegularizationMatrix: { byWeights: prior.byWeights, byDiagonal: prior.byDiagonal },
  };
}

/** q = (F + H)^-1 H s (S): where the source moves when the regularization lets go. O(S^2). */
export function responseOf(
  { basis, solve }: Pick<FactoredEvidence, 'basis' | 'solve'>,
  graph: WeightedGraph,
  { reconstruction: s }: Pick<SolvedEvidence, 'reconstruction'>,
): Float64Array {
  const { order, neighbors, sizes, weights, diagonal } = graph;
  const slots = slotsOf(graph);
  const pull = s.map((value, i) => diagonal[i] * value);
  for (let i = 0; i < order; i++) {
    for (let slot = i * slots; slot < i * slots + sizes[i]; slot++) {
      pull[i] += weights[slot] * (s[i] - s[neighbors[slot]]);
    }
  }
  return basis.sourceOf(solve(basis.project(pull))).source;
}

/** j = -1: beside the edges. */
function difference(values: Float64Array, i: number, j: number): number {
  return j < 0 ? values[i] : values[i] - values[j];
}

function onGraph(graph: WeightedGraph, derivative: (i: number, j: number) => number): Omit<Derivatives, 'byMapping'> {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const byWeights = new Float64Array(order * slots);
  const byDiagonal = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    byDiagonal[i] = derivative(i, -1);
    for (let slot = i * slots; slot < i * slots + sizes[i]; slot++) byWeights[slot] = derivative(i, neighbors[slot]);
  }
  return { byWeights, byDiagonal };
}

function onMapping(
  { pixIndexes, residual }: DifferentiableEvidence,
  derivative: (i: number, j: number, at: number) => number,
): Float64Array {
  const rows = residual.length;
  const slots = rows === 0 ? 0 : pixIndexes.length / rows;
  const result = new Float64Array(pixIndexes.length);
  for (let i = 0; i < rows; i++) {
    for (let at = i * slots; at < (i + 1) * slots && pixIndexes[at] >= 0; at++) {
      result[at] = derivative(i, pixIndexes[at], at);
    }
  }
  return result;
}
