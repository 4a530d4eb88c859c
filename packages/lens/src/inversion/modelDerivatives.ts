import type { Derivatives } from '@wtilde/numerics';
import type { GraphPrior, PriorDerivatives } from '../regularization/kind.js';

/** The derivatives of a number by what a model makes: the mapping, the graph of H, and what else H is made of. */
export interface ModelDerivatives extends Pick<PriorDerivatives, 'parameters' | 'vertices'> {
  /** (M, B) by the listed weights of the mapping, those that H is made of among them. */
  readonly byMapping: Float64Array;
  /** (S, P) and (S) by the graph, where H is one. */
  readonly byWeights?: Float64Array;
  readonly byDiagonal?: Float64Array;
}

/** Derivatives by mapping and graph, and the way back through what the graph is made of. */
export function throughGraph(derivatives: Derivatives, prior: GraphPrior): ModelDerivatives {
  return together(derivatives, prior.pull(derivatives.byWeights, derivatives.byDiagonal));
}

/** Derivatives by what was made, with those by what a prior was made of. */
export function together<By extends { readonly byMapping: Float64Array }>(
  derivatives: By,
  { mapping, ...others }: PriorDerivatives,
): By & Omit<PriorDerivatives, 'mapping'> {
  if (mapping === undefined) return { ...derivatives, ...others };
  return { ...derivatives, ...others, byMapping: derivatives.byMapping.map((each, entry) => each + mapping[entry]) };
}
