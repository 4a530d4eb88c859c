import { resolve } from 'node:path';
import type { Backend } from '@wtilde/core-types';
import { createDispatcher } from '@wtilde/dispatch';
import type { Executor } from '@wtilde/executor';
import { chunksInLeaf, type GainErrors, preparedOfSums } from '@wtilde/lens';
import { gainErrorsOf } from '../lensing/antennaGains.js';
import type { Obtained } from '../lensing/dataset.js';
import { maskFrom } from '../lensing/mask.js';
import { toldChanges } from '../lensing/noise.js';
import { primaryBeamOf } from '../lensing/primaryBeam.js';
import type { SummingOptions } from '../options/shared.js';
import type { Progress } from '../progress.js';
import { type Chunks, openChunks } from '../tasks/chunks.js';
import { filesOfFolders, fingerprintOf } from '../tasks/fingerprint.js';
import { addPartialSums, jobOf, maskFields, referenceFields, type SumsSettings, sumsOfBytes } from '../tasks/sums.js';
import { loadExecutor, requireExact } from './executor.js';

/** Visibilities of a chunk: as a single process reads them. */
const usualChunk = 2 ** 17;

/** A result is as large as W, and all of them are on their way at once at worst. */
const mostJobs = 64;

/**
 * The visibilities of folders, summed by an executor: the same, bit for bit, as `summedFrom` makes of them on the same
 * backend. Undefined where this process made only a part of the sums.
 */
export async function summedBy(
  executor: Executor,
  data: readonly string[],
  options: SummingOptions,
  backend: Backend,
  progress: Progress,
  chunkSize = usualChunk,
): Promise<Obtained | undefined> {
  requireExact(backend);
  const { mapReduce } = await loadExecutor();
  const gainErrors = await gainErrorsOf(options);
  const mask = await maskFrom(options);
  const primaryBeam = await primaryBeamOf(options, mask);
  const folders = data.map((folder) => resolve(folder));
  const opened = await openChunks(folders, chunkSize, gainErrors !== undefined);
  const { count, chunkCount } = opened;
  const started = performance.now();
  const settings: SumsSettings = {
    folders,
    fingerprint: await fingerprintOf(await filesOfFolders(folders, gainErrors !== undefined)),
    chunkSize,
    tolerance: options.tolerance,
    noise: options.noise,
    gains: gainErrors && { ...scalarsOf(gainErrors), begin: await beginOf(opened) },
    backend: { id: backend.id, simd: backend.info.simd },
  };
  const jobs = jobsOf(chunkCount).map(jobOf);
  const onStep = progress.step(`${count} visibilities, ${executor.name}`);
  const dataset = { ...maskFields(mask), ...referenceFields(gainErrors ?? {}) };
  const crew = await executor.start({ task: 'sums', dataset, settings: JSON.stringify(settings) });
  const total = await mapReduce(crew, jobs, (bytes) => sumsOfBytes(bytes, mask), addPartialSums, {
    onProgress: onStep,
  }).finally(() => crew.close());
  if (total === undefined) return undefined;
  const dispatcher = createDispatcher({ backends: [backend], arrayConversion: 'always-host' });
  const how = { mask, dispatcher, primaryBeam, gainErrors, tolerance: options.tolerance };
  const prepared = await preparedOfSums(total.sums, how);
  const notes = options.noise === undefined ? [] : [toldChanges(total.noise)];
  return { prepared, from: 'visibilities', ms: performance.now() - started, notes };
}

function scalarsOf({ phase, amplitude, interval }: GainErrors): Pick<GainErrors, 'phase' | 'amplitude' | 'interval'> {
  return { phase, amplitude, interval };
}

/** The time that intervals of gains are counted from. Where there is none, whoever sums the first visibility says so. */
async function beginOf({ chunks }: Chunks): Promise<number | undefined> {
  for await (const { times } of chunks({ from: 0, to: 1 })) return times?.data[0];
  return undefined;
}

/** Aligned ranges of 8 2^k chunks: nodes of the tree of sums, so that its bits do not depend on their length. */
function jobsOf(chunks: number): readonly { readonly from: number; readonly to: number }[] {
  let length = chunksInLeaf;
  while (length * mostJobs < chunks) length *= 2;
  return Array.from({ length: Math.ceil(chunks / length) }, (_, i) => ({ from: i * length, to: (i + 1) * length }));
}
