/** Errors as they travel: class and cause survive neither threads nor servers. */
import { type ErrorCode, isWtildeError, WtildeError } from '@wtilde/core-types';

/** What an error of wtilde says; plain data. */
export interface Facts {
  readonly code: ErrorCode;
  readonly what: string;
  readonly where: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly remedy: string;
}

/** The facts of an error; of any other than ours, what can be said about it. */
export function factsOf(error: unknown): Facts {
  if (!isWtildeError(error)) {
    return {
      code: 'DeviceFailure',
      what: 'a worker failed',
      where: 'job',
      actual: error instanceof Error ? error.message : String(error),
      remedy: 'if it happens again, please report it',
    };
  }
  const { code, what, where, expected, actual, remedy } = error;
  return {
    code,
    what,
    where,
    remedy,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}

export function failureOf({ code, ...facts }: Facts): WtildeError {
  return new WtildeError(code, facts);
}

/** Of a job during which workers died every time that it was tried. */
export function poisoned(job: string, deaths: number, cause: string): WtildeError {
  return new WtildeError('DeviceFailure', {
    what: `every worker that took the job died of it, ${deaths} of them; it has been set aside`,
    where: `job ${job}`,
    actual: cause,
    remedy: 'give workers more memory, or look at what is special about this job',
  });
}
