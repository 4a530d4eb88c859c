import { throwIfAborted, unpackFacts } from '@wtilde/core-types';
import type { Crew, Executor, Outcome } from './executor.js';
import { factsOf } from './work/failure.js';
import { moduleOf, openTask } from './work/openTask.js';
import { encodeWork, type Tasks } from './work/work.js';

/**
 * One job after the other, in this thread.
 *
 * @param threads that a task may use, by default as many as are good.
 */
export function createInline(tasks: Tasks, threads?: number): Executor {
  return {
    name: 'inline',
    width: 1,
    async start(work): Promise<Crew> {
      const task = await openTask(moduleOf(tasks, work.task), work, threads);
      // Of several maps at once, too.
      let last: Promise<unknown> = Promise.resolve();
      return {
        hash: encodeWork(work).hash,
        async map(jobs, { signal, onProgress, onOutcome } = {}) {
          const outcomes: Outcome[] = [];
          onProgress?.(0, jobs.length);
          for (const [index, job] of jobs.entries()) {
            // Jobs are synchronous at heart: timers and signals get their turn between them.
            await new Promise((resolve) => setImmediate(resolve));
            throwIfAborted(signal, 'executor');
            const running = last.then(() => task.run(job));
            last = running.catch(() => {});
            const outcome = await running.then(
              (result): Outcome => ({ result }),
              (error: unknown): Outcome => ({ failure: unpackFacts(factsOf(error)) }),
            );
            outcomes.push(outcome);
            onOutcome?.(outcome, index);
            onProgress?.(index + 1, jobs.length);
          }
          return outcomes;
        },
        close: async () => task.close(),
      };
    },
    close: async () => {},
  };
}
