import { evidenceDerivatives } from '@wtilde/numerics';
import type { Prior, PriorDerivatives } from '../regularization/kind.js';
import { type DenseEvidence, denseDerivatives } from './denseDerivatives.js';

/** The derivatives of a log evidence by what a model makes: the mapping, the graph of H, and what else H is made of. */
export interface ModelDerivatives extends Pick<PriorDerivatives, 'parameters' | 'vertices'> {
  /** (M, B) by the listed weights of the mapping, those that H is made of among them. */
  readonly byMapping: Float64Array;
  /** (S, P) and (S) by the graph, where H is one. */
  readonly byWeights?: Float64Array;
  readonly byDiagonal?: Float64Array;
}

/** An evidence that has been worked out, and what it was made from. */
export type PriorEvidence = DenseEvidence & { readonly prior: Prior };

/** The derivatives of a log evidence, and the way back through its prior. */
export function modelDerivatives({ prior, ...evidence }: PriorEvidence): ModelDerivatives {
  if ('graph' in prior) {
    const derivatives = evidenceDerivatives({ ...evidence, graph: prior.graph });
    return together(derivatives, prior.pull(derivatives.byWeights, derivatives.byDiagonal));
  }
  const { byMapping, byMatrix } = denseDerivatives(evidence);
  return together({ byMapping }, prior.pull(byMatrix, 1 / 2));
}

function together<Derivatives extends { readonly byMapping: Float64Array }>(
  derivatives: Derivatives,
  { mapping, ...others }: PriorDerivatives,
): Derivatives & Omit<PriorDerivatives, 'mapping'> {
  if (mapping === undefined) return { ...derivatives, ...others };
  return { ...derivatives, ...others, byMapping: derivatives.byMapping.map((each, entry) => each + mapping[entry]) };
}
