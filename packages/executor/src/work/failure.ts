/** What is wrong with a job. */
import { isWtildeError, packFacts, type SentFacts, WtildeError } from '@wtilde/core-types';

/** What the error of a job says; of any other than ours, what can be said about it. */
export function factsOf(error: unknown): SentFacts {
  if (isWtildeError(error)) return packFacts(error);
  return {
    code: 'DeviceFailure',
    what: 'a worker failed',
    where: 'job',
    actual: error instanceof Error ? error.message : String(error),
    remedy: 'if it happens again, please report it',
  };
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
