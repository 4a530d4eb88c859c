/** Random problems: sizes and values that nobody thought of. */

import { createResolver } from '@wtilde/data';
import * as fc from 'fast-check';
import { NotApplicable } from '../checkFailed.js';
import { problemFields } from '../datasets/problem.js';
import { randomProblem } from '../datasets/randomProblem.js';
import { type Check, methodsOf, type Subject } from './check.js';
import { endLikeReference, run } from './running.js';

/** How random problems are drawn. The same seed gives the same problems. */
export interface RandomOptions {
  readonly seed: number;
  readonly runs: number;
}

export function random(subject: Subject, { seed, runs }: RandomOptions): readonly Check[] {
  const { descriptor, oracle } = subject;
  return methodsOf(subject).map((method) => ({
    kernel: descriptor.name,
    method,
    dataset: 'random',
    check: 'random',
    title: `${method} agrees with the reference on ${runs} random problems (seed ${seed})`,
    async run() {
      const property = fc.asyncProperty(randomProblem(), async (problem) => {
        const args = createResolver(problemFields(problem), oracle.call).argumentsOf(descriptor);
        await endLikeReference(subject, { method, dataset: 'random' }, args, () =>
          run(subject, args, { method }),
        ).catch((error: unknown) => {
          if (!(error instanceof NotApplicable)) throw error;
        });
      });
      // A failure is reported with the seed and the smallest problem that still fails.
      await fc.assert(property, { seed, numRuns: runs });
    },
  }));
}
