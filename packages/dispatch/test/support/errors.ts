import { type ErrorCode, isWtildeError, type WtildeError } from '@wtilde/core-types';
import { expect } from 'vitest';

/** The typed error that `run` throws; fails where it throws none, or another. */
export function errorOf(run: () => unknown, code: ErrorCode): WtildeError {
  try {
    run();
  } catch (error) {
    return checked(error, code);
  }
  throw new Error(`expected ${code}, but nothing was thrown`);
}

/** {@link errorOf} of a promise. */
export async function rejectionOf(promise: Promise<unknown>, code: ErrorCode): Promise<WtildeError> {
  const settled = await promise.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (settled === undefined) throw new Error(`expected ${code}, but the promise was fulfilled`);
  return checked(settled.error, code);
}

function checked(error: unknown, code: ErrorCode): WtildeError {
  if (!isWtildeError(error)) throw error;
  expect(error.code, error.message).toBe(code);
  return error;
}
