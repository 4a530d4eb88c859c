import { join } from 'node:path';
import { throwIfAborted, WtildeError } from '@wtilde/core-types';
import type { Crew, Executor, Outcome } from '../executor.js';
import { createInline } from '../inline.js';
import { encodeWork, sha256, type Tasks } from '../work/work.js';
import { readResult, writeResult } from './results.js';
import type { ArrayRole } from './role.js';

/**
 * Jobs shared among processes that know nothing of each other but a folder: part `i` of `n` runs every n-th job from the
 * i-th on and leaves the results as files; the last step, the same program without an index, reads them. What is there
 * already is not run again, so that an array goes on where it ended.
 */
export function createArray(folder: string, role: ArrayRole, tasks: Tasks, version: string): Executor {
  return {
    name: `array:${folder}`,
    width: role.kind === 'part' ? role.count : 1,
    async start(work): Promise<Crew> {
      const { hash } = encodeWork(work);
      // Results of another version, or of other work, are other files.
      const own = join(folder, `${work.task}-${sha256(new TextEncoder().encode(`${version} ${hash}`)).slice(0, 24)}`);
      const fileOf = (job: Uint8Array) => join(own, `${sha256(job).slice(0, 24)}.result`);
      if (role.kind === 'last')
        return { hash, map: (jobs, how) => collected(jobs.map(fileOf), how), close: async () => {} };

      const inline = createInline(tasks);
      const crew = await inline.start(work);
      return {
        hash,
        async map(jobs, { signal, onProgress } = {}) {
          const mine = jobs.filter((_, index) => index % role.count === role.index);
          let done = 0;
          onProgress?.(done, mine.length);
          for (const job of mine) {
            throwIfAborted(signal, 'executor');
            if ((await readResult(fileOf(job))) === undefined) {
              const [outcome] = (await crew.map([job], { signal })) ?? [];
              if (outcome.failure !== undefined) throw outcome.failure;
              await writeResult(fileOf(job), outcome.result);
            }
            done += 1;
            onProgress?.(done, mine.length);
          }
          return undefined;
        },
        close: () => crew.close(),
      };
    },
    close: async () => {},
  };
}

async function collected(files: readonly string[], how: Parameters<Crew['map']>[1] = {}): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const missing: number[] = [];
  how.onProgress?.(0, files.length);
  for (const [index, file] of files.entries()) {
    throwIfAborted(how.signal, 'executor');
    const result = await readResult(file);
    if (result === undefined) missing.push(index);
    else outcomes.push({ result });
    how.onProgress?.(index + 1, files.length);
  }
  if (missing.length > 0) throw notAll(missing, files.length);
  for (const [index, outcome] of outcomes.entries()) how.onOutcome?.(outcome, index);
  return outcomes;
}

function notAll(missing: readonly number[], count: number): WtildeError {
  const shown = missing.slice(0, 20).join(', ');
  return new WtildeError('FileUnreadable', {
    what: 'not all parts have been made',
    where: 'executor array',
    expected: `${count} results`,
    actual: `${count - missing.length}; not there, or torn: job ${shown}${missing.length > 20 ? ', ...' : ''}`,
    remedy:
      'run the parts again, each with its index and the same options: part i of n makes the jobs i, i + n, ...; what is ' +
      'there is kept',
  });
}
