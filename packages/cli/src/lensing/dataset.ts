import { WtildeError } from '@wtilde/core-types';
import { type Fields, fieldNamed } from '@wtilde/data';
import { fieldsFromNpzFile, fileKind, openVisibilityFiles, type Visibilities } from '@wtilde/data/node';
import type { Dispatcher } from '@wtilde/dispatch';
import { type PreparedDataset, prepareDataset, preparedFrom } from '@wtilde/lens';
import type { Progress } from '../progress.js';
import { maskFrom } from './mask.js';
import { type NoiseOption, rmsNoise, withNoiseRemedy } from './noise.js';
import type { MaskOptions } from './options.js';

/** Where visibilities come from, and how they are summed. */
export interface DatasetOptions extends MaskOptions, NoiseOption {
  /** A folder of FITS files, or what `wtilde prepare` wrote. */
  readonly data: string;
  readonly tolerance?: number;
}

/** A prepared dataset, and how it came to be. */
export interface Obtained {
  readonly prepared: PreparedDataset;
  /** Read from a file of `wtilde prepare`, or summed from visibilities. */
  readonly from: 'file' | 'visibilities';
  readonly ms: number;
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
  if (id !== 'npz' && id !== 'stream') return await summedFrom(options, dispatcher, progress);
  refuseUnused(options);
  const started = performance.now();
  const fields = await fieldsFromNpzFile(options.data);
  requirePrepared(fields, options.data);
  return { prepared: preparedFrom(fields), from: 'file', ms: performance.now() - started, notes: [] };
}

/** The visibilities of a folder, summed. */
export async function summedFrom(
  options: DatasetOptions,
  dispatcher: Dispatcher,
  progress: Progress,
): Promise<Obtained> {
  const mask = await maskFrom(options);
  const { count, chunks } = await openVisibilityFiles(options.data);
  const started = performance.now();
  const noise = options.noise === undefined ? undefined : rmsNoise();
  const onStep = progress.step(`${count} visibilities`);
  async function* equalized(): AsyncGenerator<Visibilities> {
    for await (const chunk of chunks()) yield noise?.of(chunk) ?? chunk;
  }
  try {
    const prepared = await prepareDataset(
      { chunks: equalized(), expectedVisibilities: count },
      { mask, dispatcher, tolerance: options.tolerance, onProgress: (seen) => onStep(seen, count) },
    );
    const ms = performance.now() - started;
    return { prepared, from: 'visibilities', ms, notes: noise === undefined ? [] : [noise.told()] };
  } catch (error) {
    throw withNoiseRemedy(error);
  }
}

/** What went into a prepared dataset and cannot be changed in it, by the names of the options. */
const spent: readonly (readonly [key: keyof DatasetOptions, option: string])[] = [
  ['maskRadius', '--mask-radius'],
  ['maskInnerRadius', '--mask-inner-radius'],
  ['maskCentre', '--mask-centre'],
  ['mask', '--mask'],
  ['pixelScale', '--pixel-scale'],
  ['shape', '--shape'],
  ['tolerance', '--tolerance'],
  ['noise', '--noise'],
];

function refuseUnused(options: DatasetOptions): void {
  const given = spent.flatMap(([key, option]) => (options[key] === undefined ? [] : [option]));
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
    remedy: 'name a folder of FITS files, or prepare the dataset',
  });
}
