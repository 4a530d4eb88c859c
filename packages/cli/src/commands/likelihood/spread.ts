import { compare } from '@wtilde/core-types';
import type { Evaluation } from './evaluate.js';

/** How far the float64 backends are from each other. */
export interface Spread {
  /** The ids of the backends that were compared. */
  readonly ids: readonly string[];
  /** Largest minus smallest log evidence. */
  readonly spread: number;
  /** What the numeric class of evidences allows. */
  readonly allowed: number;
  readonly agree: boolean;
}

export function spreadOf(evaluations: readonly Evaluation[]): Spread {
  const exact = comparable(evaluations);
  const values = exact.map(({ logEvidence }) => logEvidence);
  if (exact.length < 2) return { ids: exact.map(({ id }) => id), spread: 0, allowed: 0, agree: true };
  const [{ kernel, args, sizes }] = exact;
  const agreement = compare(kernel.returns, Math.max(...values), Math.min(...values), {
    precision: 'float64',
    yardsticks: kernel.yardsticks?.(args, sizes),
  });
  return {
    ids: exact.map(({ id }) => id),
    spread: range(values),
    allowed: agreement.allowed,
    agree: agreement.ok,
  };
}

/** Largest minus smallest value of one term over the backends that can be compared. */
export function spreadOfTerm(evaluations: readonly Evaluation[], term: string): number {
  return range(comparable(evaluations).map(({ terms }) => terms[term]));
}

function comparable(evaluations: readonly Evaluation[]): readonly Evaluation[] {
  return evaluations.filter(({ precision }) => precision === 'float64');
}

function range(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}
