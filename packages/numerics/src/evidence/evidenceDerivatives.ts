import { slotsOf } from '../neighborGraph.js';
import type { FactoredEvidence, SolvedEvidence } from './evidenceTerms.js';
import type { GraphDerivatives } from './graphDerivatives.js';
import type { WeightedGraph } from './weightedGraph.js';

/** What derivatives by the graph of H are made from. */
export interface DifferentiableByGraph {
  /** H. */
  readonly graph: WeightedGraph;
  /** s (S). */
  readonly reconstruction: Float64Array;
  /** q = (F + H)^-1 H s (S), of `responseOf`. */
  readonly response: Float64Array;
  /** Derivatives of log det(F + H), of `inverseForms`. */
  readonly posterior: Omit<GraphDerivatives, 'logDet'>;
  /** Derivatives of log det H. */
  readonly prior: Omit<GraphDerivatives, 'logDet'>;
}

/** What derivatives by the mapping are made from. */
export interface DifferentiableByMapping {
  /** (M, B) the mapping; -1 ends a row. */
  readonly pixIndexes: Int32Array;
  /** s (S). */
  readonly reconstruction: Float64Array;
  /** q (S). */
  readonly response: Float64Array;
  /** d - W T s (M), the dirty image of what the source does not explain. */
  readonly residual: Float64Array;
  /** W T q (M). */
  readonly responseImage: Float64Array;
  /** (M, B) W T (F + H)^-1 on the listed entries of T. */
  readonly covariance: Float64Array;
}

/** Derivatives of one number by the graph. */
export interface ByGraph {
  /** (S, P) by the weight of each edge, the same from both ends. */
  readonly byWeights: Float64Array;
  /** (S) by the diagonal of the graph. */
  readonly byDiagonal: Float64Array;
}

/** Derivatives of one number by mapping and regularization. */
export interface Derivatives extends ByGraph {
  /** (M, B) by the listed weights of the mapping; 0 where -1 pads. */
  readonly byMapping: Float64Array;
}

/** The derivatives by the graph of a log evidence, and of those of its terms from which the others follow. */
export interface DerivativesByGraph {
  readonly logEvidence: ByGraph;
  readonly chiSquared: ByGraph;
  readonly logDetCurvatureRegMatrix: ByGraph;
  readonly logDetRegularizationMatrix: ByGraph;
}

/** The derivatives by the mapping of a log evidence and of those of its terms that have some. */
export interface DerivativesByMapping {
  readonly logEvidence: Float64Array;
  readonly chiSquared: Float64Array;
  readonly logDetCurvatureRegMatrix: Float64Array;
}

/**
 * The derivatives of the log evidence and its terms by the graph, exactly. With A = F + H and q = A^-1 H s,
 *
 *   d logEvidence / dw_ij = -1/2 [ (s_i - s_j)^2 + e^t A^-1 e - e^t H^-1 e ],   e = e_i - e_j,
 *   d logEvidence / ddiagonal_i = -1/2 [ s_i^2 + (A^-1)_ii - (H^-1)_ii ]:
 *
 * s is stationary in chi^2 + s^t H s, so that its own derivative is not needed. In chi^2 alone it is,
 *
 *   d chi^2 / dw_ij = 2 (q_i - q_j) (s_i - s_j).
 *
 * O(S P): what costs is in the arguments.
 */
export function derivativesByGraph(evidence: DifferentiableByGraph): DerivativesByGraph {
  const { graph, posterior, prior, reconstruction: s, response: q } = evidence;
  const square = onGraph(graph, (i, j) => difference(s, i, j) ** 2);
  const total = (of: keyof ByGraph) => square[of].map((value, at) => -(value + posterior[of][at] - prior[of][at]) / 2);
  return {
    logEvidence: { byWeights: total('byWeights'), byDiagonal: total('byDiagonal') },
    chiSquared: onGraph(graph, (i, j) => 2 * difference(q, i, j) * difference(s, i, j)),
    logDetCurvatureRegMatrix: posterior,
    logDetRegularizationMatrix: prior,
  };
}

/**
 * The derivatives of the log evidence and its terms on the listed entries of T, exactly. With r = d - W T s,
 *
 *   d logEvidence / dT_ij = s_j r_i - (W T A^-1)_ij,   d chi^2 / dT_ij = 2 [ (W T q)_i s_j - r_i (s_j + q_j) ].
 *
 * O(M B).
 */
export function derivativesByMapping(evidence: DifferentiableByMapping): DerivativesByMapping {
  const { reconstruction: s, response: q, residual, responseImage, covariance } = evidence;
  return {
    logEvidence: onMapping(evidence, (i, j, at) => s[j] * residual[i] - covariance[at]),
    chiSquared: onMapping(evidence, (i, j) => 2 * (responseImage[i] * s[j] - residual[i] * (s[j] + q[j]))),
    logDetCurvatureRegMatrix: onMapping(evidence, (_i, _j, at) => 2 * covariance[at]),
  };
}

/** q = (F + H)^-1 H s (S): where the source moves when the regularization lets go. O(S^2). */
export function responseOf(
  { basis, solve }: Pick<FactoredEvidence, 'basis' | 'solve'>,
  graph: WeightedGraph,
  { reconstruction: s }: Pick<SolvedEvidence, 'reconstruction'>,
): Float64Array {
  return basis.sourceOf(solve(basis.project(graphTimes(graph, s)))).source;
}

/** H x, by edges. */
export function graphTimes(graph: WeightedGraph, x: Float64Array): Float64Array {
  const { order, neighbors, sizes, weights, diagonal } = graph;
  const slots = slotsOf(graph);
  const product = x.map((value, i) => diagonal[i] * value);
  for (let i = 0; i < order; i++) {
    for (let slot = i * slots; slot < i * slots + sizes[i]; slot++) {
      product[i] += weights[slot] * (x[i] - x[neighbors[slot]]);
    }
  }
  return product;
}

/** e^t x with e = e_i - e_j, or e_i where j = -1: beside the edges. */
export function difference(values: Float64Array, i: number, j: number): number {
  return j < 0 ? values[i] : values[i] - values[j];
}

/** A value for both ends of every edge and for every source pixel, where j = -1. */
export function onGraph(graph: WeightedGraph, derivative: (i: number, j: number) => number): ByGraph {
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

/** A value for every listed entry of T, 0 where -1 pads. */
export function onMapping(
  { pixIndexes, residual }: Pick<DifferentiableByMapping, 'pixIndexes' | 'residual'>,
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
