/** What came of a call: a result or an error, as a value. */
import { type ErrorCode, isWtildeError, type LooseResult } from '@wtilde/core-types';
import { CheckFailed, describeError, NotApplicable } from '../checkFailed.js';
import { resultOf } from './looseResult.js';

export type Outcome =
  | { readonly kind: 'result'; readonly result: LooseResult }
  | { readonly kind: 'error'; readonly code: ErrorCode | undefined; readonly description: string };

/** Makes the call, waits for it and returns what came of it. Verdicts of the testkit itself pass through. */
export async function outcomeOf(call: () => unknown): Promise<Outcome> {
  try {
    return { kind: 'result', result: await resultOf(call()) };
  } catch (error) {
    if (error instanceof CheckFailed || error instanceof NotApplicable) throw error;
    const code = isWtildeError(error) ? error.code : undefined;
    return { kind: 'error', code, description: describeError(error) };
  }
}

/** The outcome in a word: the code of the error, or its text where it is none of wtilde's. */
export function describeOutcome(outcome: Outcome): string {
  return outcome.kind === 'result' ? 'a result' : (outcome.code ?? outcome.description);
}

/** Fails unless the call ends in this error. */
export async function demandError(code: ErrorCode, what: string, call: () => unknown): Promise<void> {
  const outcome = await outcomeOf(call);
  if (outcome.kind === 'error' && outcome.code === code) return;
  throw new CheckFailed(`${what}: expected the error ${code}, got ${describeOutcome(outcome)}`);
}
