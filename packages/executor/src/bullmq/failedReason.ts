/** Why a job failed, as BullMQ keeps it: a text. */
import { type SentFacts, unpackFacts, type WtildeError } from '@wtilde/core-types';
import { UnrecoverableError } from 'bullmq';
import { factsOf, poisoned } from '../work/failure.js';

/** The error that makes BullMQ set a job aside at once, with all that it says. */
export function asideWith(error: unknown): UnrecoverableError {
  return new UnrecoverableError(JSON.stringify(factsOf(error)));
}

export function failureFrom(job: string, reason: string, deaths: number): WtildeError {
  if (/stalled/.test(reason)) return poisoned(job, deaths, reason);
  const facts = factsIn(reason);
  return facts === undefined ? unpackFacts(factsOf(new Error(reason))) : unpackFacts(facts);
}

function factsIn(reason: string): SentFacts | undefined {
  try {
    const facts: SentFacts = JSON.parse(reason);
    return typeof facts?.code === 'string' ? facts : undefined;
  } catch {
    return undefined;
  }
}
