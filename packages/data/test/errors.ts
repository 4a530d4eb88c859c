import { type ErrorCode, isWtildeError, type WtildeError } from '@wtilde/core-types';
import { expect } from 'vitest';

/** The typed error that `run` throws; fails where it throws none or another. */
export function errorOf(run: () => unknown, code: ErrorCode): WtildeError {
  try {
    run();
  } catch (error) {
    return checked(error, code);
  }
  throw new Error(`expected a ${code} error, but nothing was thrown`);
}

/** {@link errorOf} of a promise. */
export async function rejectionOf(promise: Promise<unknown>, code: ErrorCode): Promise<WtildeError> {
  try {
    await promise;
  } catch (error) {
    return checked(error, code);
  }
  throw new Error(`expected a ${code} error, but the promise was fulfilled`);
}

function checked(error: unknown, code: ErrorCode): WtildeError {
  if (!isWtildeError(error)) throw error;
  expect(error.code, error.message).toBe(code);
  expect(error.remedy).not.toBe('');
  expect(error.where).not.toBe('');
  return error;
}
