import { type ErrorCode, isWtildeError, WtildeError } from '@wtilde/core-types';

/** An error as it travels: class and cause do not survive cloning. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly facts?:
    | {
        readonly code: ErrorCode;
        readonly what: string;
        readonly where: string;
        readonly expected?: string | undefined;
        readonly actual?: string | undefined;
        readonly remedy: string;
      }
    | undefined;
}

export function packError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  if (!isWtildeError(error)) return { name, message, stack };
  const { code, what, where, expected, actual, remedy } = error;
  return { name, message, stack, facts: { code, what, where, expected, actual, remedy } };
}

export function unpackError({ name, message, stack, facts }: SentError): Error {
  if (facts === undefined)
    return Object.assign(new Error(message), { name, ...(stack === undefined ? {} : { stack }) });
  const { code, what, where, expected, actual, remedy } = facts;
  return new WtildeError(code, {
    what,
    where,
    remedy,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  });
}
