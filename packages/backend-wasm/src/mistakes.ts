import { WtildeError } from '@wtilde/core-types';

/** The backend cannot run on this platform, or not as it was asked to. */
export function unavailable(
  what: string,
  remedy = 'use a newer browser or Node 20 or later, or the backend loops',
  cause?: unknown,
): WtildeError {
  return new WtildeError('BackendUnavailable', { what, where: 'backend wasm', remedy, cause });
}

export function invalidOption(where: string, expected: string, actual: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the option makes no sense',
    where,
    expected,
    actual,
    remedy: 'correct it or leave it out',
  });
}
