import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { WtildeError } from '@wtilde/core-types';
import type { ImportOptions } from '@wtilde/data';
import type { OpenedVisibilities } from '@wtilde/data/node';
import type { Crew, Executor } from '@wtilde/executor';
import type { Beside } from '../lensing/beside.js';
import { fingerprintOf } from '../tasks/fingerprint.js';
import {
  hashOfBytes,
  jobOf,
  noiseOfBytes,
  type ObservationJob,
  type ObservationSettings,
} from '../tasks/observation.js';
import { notInParts } from './notInParts.js';

/**
 * Does something while an executor makes what is to be known of the files of an import beside the visibilities. Those are
 * read by this process: they are what is written.
 */
export async function withObserved<R>(
  executor: Executor,
  { format, files }: OpenedVisibilities,
  options: ImportOptions,
  work: (beside: Beside) => Promise<R>,
): Promise<R> {
  if (executor.name.startsWith('array:')) throw notInParts('an import');
  const paths = files.map((file) => resolve(file));
  for (const path of paths) await requireFile(path);
  const settings: ObservationSettings = { files: paths, fingerprint: await fingerprintOf(paths), options };
  const crew = await executor.start({ task: 'observation', dataset: {}, settings: JSON.stringify(settings) });
  const stop = new AbortController();
  const begun: Promise<unknown>[] = [];
  const results = (jobs: readonly ObservationJob[]) => {
    const all = resultsOf(crew, jobs, stop.signal);
    // Whoever waits for it hears of it.
    all.catch(() => {});
    begun.push(all);
    return all;
  };
  // The noise first: it takes longer, and may be waited for.
  const noise = format === 'uvfits' ? results([{ kind: 'noise', file: paths[0] }]) : undefined;
  const hashes = results(paths.map((file) => ({ kind: 'hash', file })));
  try {
    return await work({
      hashes: async () => (await hashes).map(hashOfBytes),
      noise: async () => noiseOfBytes((await noise)?.[0] ?? new Uint8Array()),
    });
  } finally {
    stop.abort();
    await Promise.allSettled(begun);
    await crew.close();
  }
}

async function resultsOf(crew: Crew, jobs: readonly ObservationJob[], signal: AbortSignal) {
  const outcomes = (await crew.map(jobs.map(jobOf), { signal })) ?? [];
  return outcomes.map(({ result, failure }) => {
    if (failure !== undefined) throw failure;
    return result;
  });
}

/** A pipe gives its bytes once, to this process. */
async function requireFile(path: string): Promise<void> {
  if ((await stat(path)).isFile()) return;
  throw new WtildeError('InvalidOption', {
    what: 'workers cannot read what is no file',
    where: '--executor',
    expected: 'a file that all workers see under the same path',
    actual: path,
    remedy: 'write it into a file first, or leave --executor out',
  });
}
