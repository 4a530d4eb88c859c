/** Errors as they travel between threads and machines: class and cause survive neither cloning nor JSON. */
import { type ErrorCode, type ErrorFacts, isWtildeError, WtildeError } from './errors.js';

/** What an error of wtilde says; plain data. */
export interface SentFacts extends Omit<ErrorFacts, 'cause'> {
  readonly code: ErrorCode;
}

/** Any error; plain data. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  /** Of an error of wtilde. */
  readonly facts?: SentFacts | undefined;
}

/** The facts of an error of wtilde. */
export function packFacts({ code, what, where, expected, actual, remedy }: WtildeError): SentFacts {
  return {
    code,
    what,
    where,
    remedy,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}

/** The error of wtilde that says as much. */
export function unpackFacts({ code, ...facts }: SentFacts): WtildeError {
  return new WtildeError(code, facts);
}

/** Whatever was thrown. */
export function packError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  return isWtildeError(error) ? { name, message, stack, facts: packFacts(error) } : { name, message, stack };
}

/** The same error, but for its cause; other errors than ours are plain ones with their name and stack. */
export function unpackError({ name, message, stack, facts }: SentError): Error {
  if (facts !== undefined) return unpackFacts(facts);
  return Object.assign(new Error(message), { name, ...(stack === undefined ? {} : { stack }) });
}
