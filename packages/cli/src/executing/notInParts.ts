import { WtildeError } from '@wtilde/core-types';

/** Of who needs results before the next is known, or writes one thing. */
export function notInParts(what: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: `${what} cannot be made in parts that know nothing of each other`,
    where: '--executor',
    expected: 'inline, threads or bullmq',
    actual: 'array',
    remedy: 'use one of those here, and array for wtilde prepare',
  });
}
