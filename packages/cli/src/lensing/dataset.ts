import { type NdArray, WtildeError } from '@wtilde/core-types';
import { type Fields, fieldNamed } from '@wtilde/data';
import {
  fieldsFromNpzFile,
  fileKind,
  openVisibilityFiles,
  type StreamedVisibilities,
  type Visibilities,
} from '@wtilde/data/node';
import type { Dispatcher } from '@wtilde/dispatch';
import { type PreparedDataset, prepareDataset, preparedFrom } from '@wtilde/lens';
import { longName } from '../options/declare.js';
import { type DatasetOptions, type SummingOptions, summingOptions } from '../options/shared.js';
import type { Progress } from '../progress.js';
import { antennasApart, gainErrorsOf } from './antennaGains.js';
import { maskFrom } from './mask.js';
import { rmsNoise, toldChanges, withNoiseRemedy } from './noise.js';
import { primaryBeamOf } from './primaryBeam.js';
import { uvSample } from './uvSample.js';

/** A prepared dataset, and how it came to be. */
export interface Obtained {
  readonly prepared: PreparedDataset;
  /** Read from a file of `wtilde prepare`, or summed from visibilities. */
  readonly from: 'file' | 'visibilities';
  readonly ms: number;
  /** (K', 2) baselines to draw: all, or some of them where there are very many. A prepared file has none. */
  readonly uvWavelengths?: NdArray<'real'>;
  /** What is to be said on stderr once all went well. */
  readonly notes: readonly string[];
}

/** The prepared dataset of a file, known by its first bytes, or of the visibilities of a folder. */
export async function datasetFrom(
  options: DatasetOptions,
  dispatcher: Dispatcher,
  progress: Progress,
): Promise<Obtained> {
  const { id } = await fileKind(options.data);
  if (id !== 'npz' && id !== 'stream') return await summedFrom([options.data], options, dispatcher, progress);
  refuseUnused(options);
  const started = performance.now();
  const fields = await fieldsFromNpzFile(options.data);
  requirePrepared(fields, options.data);
  return { prepared: preparedFrom(fields), from: 'file', ms: performance.now() - started, notes: [] };
}

/** The visibilities of folders, summed: they are of one source. */
export async function summedFrom(
  folders: readonly string[],
  options: SummingOptions,
  dispatcher: Dispatcher,
  progress: Progress,
): Promise<Obtained> {
  // Headers only: what the data are comes before what is asked of them.
  const gainErrors = await gainErrorsOf(options);
  const opened: StreamedVisibilities[] = [];
  for (const folder of folders) opened.push(await openVisibilityFiles(folder, { antennas: gainErrors !== undefined }));
  const mask = await maskFrom(options);
  const primaryBeam = await primaryBeamOf(options, mask);
  const count = opened.reduce((sum, each) => sum + each.count, 0);
  const started = performance.now();
  const noise = options.noise === undefined ? undefined : rmsNoise();
  const onStep = progress.step(`${count} visibilities`);
  const drawn = uvSample(count);
  async function* equalized(): AsyncGenerator<Visibilities> {
    for (const [at, { chunks }] of opened.entries()) {
      for await (const read of chunks()) {
        const chunk = antennasApart(read, at);
        drawn.add(chunk.uvWavelengths);
        yield noise?.of(chunk) ?? chunk;
      }
    }
  }
  try {
    const prepared = await prepareDataset(
      { chunks: equalized(), expectedVisibilities: count },
      {
        ...{ mask, primaryBeam, gainErrors, dispatcher, tolerance: options.tolerance },
        onProgress: (seen) => onStep(seen, count),
      },
    );
    const ms = performance.now() - started;
    const notes = noise === undefined ? [] : [toldChanges(noise.changes())];
    return { prepared, from: 'visibilities', ms, uvWavelengths: drawn.all(), notes };
  } catch (error) {
    throw withNoiseRemedy(error);
  }
}

/** What went into a prepared dataset cannot be changed in it. */
function refuseUnused(options: DatasetOptions): void {
  const named = new Map<string, unknown>(Object.entries(options));
  const given = Object.entries(summingOptions).flatMap(([name, declared]) =>
    named.get(name) === undefined ? [] : [longName(declared)],
  );
  if (given.length === 0) return;
  throw new WtildeError('InvalidOption', {
    what: 'the dataset has been prepared, and this would change nothing in it',
    where: given.join(', '),
    expected: 'no such option beside a file of wtilde prepare',
    actual: options.data,
    remedy: 'leave it out, or prepare the dataset again with it',
  });
}

function requirePrepared(fields: Fields, where: string): void {
  const needed = ['w_compact', 'dirty_image', 'chi_squared_0', 'noise_normalization', 'mask'];
  if (needed.every((name) => fieldNamed(fields, name) !== undefined)) return;
  throw new WtildeError('FileFormat', {
    what: 'this is no prepared dataset',
    where,
    expected: `an archive of wtilde prepare, with ${needed.join(', ')} and more`,
    actual: `an archive with ${Object.keys(fields).sort().join(', ') || 'no arrays'}`,
    remedy: 'name a folder of FITS files, or prepare the dataset; wtilde import makes one of arrays of visibilities',
  });
}
