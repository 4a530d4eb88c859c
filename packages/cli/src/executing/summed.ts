import { resolve } from 'node:path';
import { type Backend, WtildeError } from '@wtilde/core-types';
import { createDispatcher } from '@wtilde/dispatch';
import type { Executor } from '@wtilde/executor';
import { chunksInLeaf, preparedOfSums } from '@wtilde/lens';
import type { Obtained } from '../lensing/dataset.js';
import { maskFrom } from '../lensing/mask.js';
import { toldChanges } from '../lensing/noise.js';
import { primaryBeamOf } from '../lensing/primaryBeam.js';
import type { SummingOptions } from '../options/shared.js';
import type { Progress } from '../progress.js';
import { openChunks } from '../tasks/chunks.js';
import { filesOfFolders, fingerprintOf } from '../tasks/fingerprint.js';
import { addPartialSums, jobOf, maskFields, type SumsSettings, sumsOfBytes } from '../tasks/sums.js';
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
  if (options.antennaPhases !== undefined || options.antennaAmplitudes !== undefined) throw ofAntennas();
  const mask = await maskFrom(options);
  const primaryBeam = await primaryBeamOf(options, mask);
  const folders = data.map((folder) => resolve(folder));
  const { count, chunkCount } = await openChunks(folders, chunkSize);
  const started = performance.now();
  const settings: SumsSettings = {
    folders,
    fingerprint: await fingerprintOf(await filesOfFolders(folders)),
    chunkSize,
    tolerance: options.tolerance,
    noise: options.noise,
    backend: { id: backend.id, simd: backend.info.simd },
  };
  const jobs = jobsOf(chunkCount).map(jobOf);
  const onStep = progress.step(`${count} visibilities, ${executor.name}`);
  const crew = await executor.start({ task: 'sums', dataset: maskFields(mask), settings: JSON.stringify(settings) });
  const total = await mapReduce(crew, jobs, (bytes) => sumsOfBytes(bytes, mask), addPartialSums, {
    onProgress: onStep,
  }).finally(() => crew.close());
  if (total === undefined) return undefined;
  const dispatcher = createDispatcher({ backends: [backend], arrayConversion: 'always-host' });
  const prepared = await preparedOfSums(total.sums, { mask, dispatcher, primaryBeam, tolerance: options.tolerance });
  const notes = options.noise === undefined ? [] : [toldChanges(total.noise)];
  return { prepared, from: 'visibilities', ms: performance.now() - started, notes };
}

function ofAntennas(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'sums by antennas are made in one process',
    where: '--executor',
    expected: 'no executor beside --antenna-phases and --antenna-amplitudes',
    actual: 'one',
    remedy: 'leave it out',
  });
}

/** Aligned ranges of 8 2^k chunks: nodes of the tree of sums, so that its bits do not depend on their length. */
function jobsOf(chunks: number): readonly { readonly from: number; readonly to: number }[] {
  let length = chunksInLeaf;
  while (length * mostJobs < chunks) length *= 2;
  return Array.from({ length: Math.ceil(chunks / length) }, (_, i) => ({ from: i * length, to: (i + 1) * length }));
}
