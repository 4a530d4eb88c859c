import { isWtildeError, WtildeError } from '@wtilde/core-types';
import type { SentError } from './jobs.js';

export function packError(error: unknown): SentError {
  if (!isWtildeError(error)) return { message: error instanceof Error ? error.message : String(error) };
  const { message, code, what, where, expected, actual, remedy } = error;
  return {
    message,
    facts: {
      code,
      what,
      where,
      remedy,
      ...(expected === undefined ? {} : { expected }),
      ...(actual === undefined ? {} : { actual }),
    },
  };
}

export function unpackError({ message, facts }: SentError): Error {
  return facts === undefined ? new Error(message) : new WtildeError(facts.code, facts);
}
