import { basename, join } from 'node:path';
import { isWtildeError, WtildeError } from '@wtilde/core-types';
import {
  type ImportedVisibilities,
  type ImportOptions,
  importUvfits,
  importVisibilities,
  type NoiseEstimate,
  sharedReads,
  type Visibilities,
} from '@wtilde/data';
import { type OpenedVisibilities, observationPaths, openVisibilities, writeVisibilityStream } from '@wtilde/data/node';
import { unitWarnings, wTermWarnings } from '@wtilde/lens';
import { withExecutor } from '../../executing/executor.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print, printJson } from '../../io.js';
import { type Beside, besideAlone, hashesOf } from '../../lensing/beside.js';
import { outputsOf, untilSignalled } from '../../outputs.js';
import { createProgress, type Progress } from '../../progress.js';
import { printWarnings } from '../../text/warnings.js';
import { version } from '../../version.js';
import type { ImportCommandOptions } from './options.js';
import { channelWarnings, factsOf, type Known, report } from './report.js';

/** `wtilde import`: what a telescope delivers, as a dataset; or one for every channel. */
export async function importObservation(
  options: ImportCommandOptions,
  io: Io,
  operands: readonly string[],
): Promise<ExitCode> {
  const progress = await createProgress(io);
  try {
    if (options.splitChannels) await importChannels(options, io, operands, progress);
    else (await importOne(options, io, operands, progress))();
  } finally {
    progress.stop();
  }
  return exitCodes.fine;
}

/**
 * The import of every channel of a UVFITS file: channels are written together, so that the file is read once for so many.
 * With an executor one is written after the other: each has work for it.
 *
 * @throws InvalidOption for what has no channels
 */
async function importChannels(
  options: ImportCommandOptions,
  io: Io,
  operands: readonly string[],
  progress: Progress,
): Promise<void> {
  const { noiseMap, uvWavelengths } = options;
  const opened = await openVisibilities(operands[0], { noiseMap, uvWavelengths });
  const parts = partsOf(options, opened);
  if (opened.format !== 'uvfits' || options.executor !== undefined) {
    for (const part of parts) (await importOne(part, io, operands, progress))();
    return;
  }
  let hashes: Promise<readonly string[]> | undefined;
  const chunkSize = Math.ceil(mostInMemory / Math.min(parts.length, mostTogether));
  const silent: Progress = { step: () => () => {}, stop: () => {} };
  const hashed = () => {
    hashes ??= hashesOf(opened, progress);
    return hashes;
  };
  for (let first = 0; first < parts.length; first += mostTogether) {
    const batch = parts.slice(first, first + mostTogether);
    const readers = sharedReads(opened.uvfits, batch.length);
    let done: readonly PromiseSettledResult<() => void>[] = [];
    await untilSignalled(async (signal) => {
      done = await Promise.allSettled(
        batch.map(async (part, at) => {
          const { uvfits, leave } = readers[at];
          const shared = { opened: { ...opened, uvfits }, chunkSize, hashes: hashed, signal };
          return await importOne(part, io, operands, at === 0 ? progress : silent, shared).finally(leave);
        }),
      );
    });
    progress.stop();
    for (const each of done) {
      if (each.status === 'rejected') throw each.reason;
      each.value();
    }
  }
}

/** Channels that are written at the same time: each has four files open. */
const mostTogether = 64;
/** Visibilities of all of them that are held before they are written. */
const mostInMemory = 2 ** 18;

/** What channels that are written together share. */
interface Shared {
  readonly opened: OpenedVisibilities;
  readonly chunkSize: number;
  readonly signal: AbortSignal;
  hashes(): Promise<readonly string[]>;
}

/** The import of every channel; throws InvalidOption for what has none. */
function partsOf(options: ImportCommandOptions, opened: OpenedVisibilities): readonly ImportCommandOptions[] {
  if (opened.format !== 'uvfits') {
    throw new WtildeError('InvalidOption', {
      what: 'the data have no channels that could become datasets',
      where: '--split-channels',
      expected: 'a UVFITS file',
      actual: opened.format,
      remedy: 'take one channel of arrays at a time: --channels 3:4',
    });
  }
  const { averageChannels = 1 } = options;
  const [from, to] = options.channels ?? [0, opened.uvfits.channels];
  return Array.from({ length: Math.ceil((to - from) / averageChannels) }, (_, part) => {
    const first = from + part * averageChannels;
    const channels = [first, Math.min(first + averageChannels, to)] as const;
    return { ...options, channels, out: join(options.out, `channel-${part}`) };
  });
}

/** An import that has been written; what it returns tells of it. */
async function importOne(
  options: ImportCommandOptions,
  io: Io,
  [path]: readonly string[],
  progress: Progress,
  shared?: Shared,
): Promise<() => void> {
  const { out, noiseMap, uvWavelengths } = options;
  // Files, without the HDUs that are read of them.
  const inputs = [path, noiseMap, uvWavelengths].map((file) => file?.replace(/\[\d+\]$/, ''));
  const outputsFor = (antennas: boolean) =>
    outputsOf(observationPaths(out, antennas).map(String), inputs, options, io, true, shared?.signal);
  const three = await outputsFor(false);
  const opened =
    shared?.opened ?? (await openVisibilities(path, { noiseMap, uvWavelengths, ...arraysOptions(options) }));
  const outputs = opened.format === 'uvfits' ? await outputsFor(true) : three;
  const conjugate = options.conjugate ?? opened.format === 'uvfits';
  const observing = observingOf(options, opened, conjugate);
  const given = { options, opened, observing, path, conjugate, outputs, progress, chunkSize: shared?.chunkSize };
  const work = (beside: Beside) => importWith(beside, given, io);
  if (options.executor === undefined) return await work(besideAlone(opened, observing, progress, shared?.hashes));
  return await withExecutor(options.executor, io, async (executor) => {
    const { withObserved } = await import('../../executing/observed.js');
    return await withObserved(executor, opened, observing, work);
  });
}

/** An import of which everything has been checked. */
interface Import {
  readonly options: ImportCommandOptions;
  readonly opened: OpenedVisibilities;
  readonly observing: ImportOptions;
  readonly path: string;
  readonly conjugate: boolean;
  readonly outputs: Awaited<ReturnType<typeof outputsOf>>;
  readonly progress: Progress;
  readonly chunkSize: number | undefined;
}

async function importWith(beside: Beside, given: Import, io: Io): Promise<() => void> {
  const { options, opened, path, conjugate, outputs, progress } = given;
  const imported = await importedFrom(beside, given);
  let known: (Known & { readonly hashes: readonly string[] }) | undefined;
  async function* chunks(): AsyncGenerator<Visibilities> {
    yield* imported.chunks();
    const noise = opened.format === 'uvfits' ? (imported.noise ?? (await orNone(beside.noise()))) : undefined;
    known = { report: imported.report(), noise, hashes: await beside.hashes() };
  }
  let described = {};
  await outputs.write(async (how) => {
    await writeVisibilityStream(
      options.out,
      chunks(),
      (output) => {
        const files = opened.files.map((file, at) => ({ file: basename(file), sha256: known?.hashes[at] }));
        described = {
          wtilde: version(),
          input: { format: opened.format, files },
          choices: choicesOf(options, conjugate),
          output,
          ...(known === undefined ? {} : factsOf(opened, known)),
        };
        return described;
      },
      { ...how, antennas: opened.format === 'uvfits' },
    );
  });
  progress.stop();
  return () => {
    const { summary } = imported.report();
    printWarnings(io, [...unitWarnings({ longest: summary.longestBaseline }), ...wTermWarnings(summary)]);
    if (known !== undefined) printWarnings(io, channelWarnings(known));
    if (options.json) printJson(io, described);
    else if (known !== undefined) print(io, report(path, options.out, opened, known, conjugate));
  };
}

/** Nothing where too few integrations have neighbours. */
async function orNone(estimate: Promise<NoiseEstimate>): Promise<NoiseEstimate | undefined> {
  try {
    return await estimate;
  } catch (error) {
    if (isWtildeError(error, 'InvalidValue')) return undefined;
    throw error;
  }
}

/** What is taken of a UVFITS file; throws InvalidOption for options that the data have no use for. */
function observingOf(options: ImportCommandOptions, opened: OpenedVisibilities, conjugate: boolean): ImportOptions {
  if (opened.format !== 'uvfits') {
    refuse(options, timeOptions, 'the data tell neither times nor channels nor antennas');
    return {};
  }
  refuse(options, ['uvUnit', 'noiseMap', 'uvWavelengths'], 'a UVFITS file says that itself');
  const { stokes, source, channels, windows, uvrange: uvRange, times } = options;
  const { averageTime, field, averageChannels, noiseGroups, noise } = options;
  return {
    ...{
      stokes,
      source,
      channels,
      windows,
      uvRange,
      times,
      averageTime,
      field,
      averageChannels,
      conjugate,
      noiseGroups,
    },
    // Both parts of a visibility of a UVFITS file have one noise.
    noise: noise === 'differences' ? noise : 'weights',
  };
}

async function importedFrom(
  beside: Beside,
  { options, opened, observing, path, conjugate, progress, chunkSize }: Import,
): Promise<ImportedVisibilities> {
  if (opened.format !== 'uvfits') {
    const onProgress = progress.step(`${opened.visibilities.count} visibilities`);
    const noise = options.noise === 'rms' ? 'rms' : 'weights';
    return importVisibilities(
      opened.visibilities,
      path,
      { uvRange: options.uvrange, conjugate, noise },
      { onProgress },
    );
  }
  const estimated = observing.noise === 'differences' ? await beside.noise() : undefined;
  const onProgress = progress.step('visibilities');
  return await importUvfits(opened.uvfits, { ...observing, antennas: true }, { estimated, onProgress, chunkSize });
}

const timeOptions = ['source', 'windows', 'times', 'averageTime', 'field', 'averageChannels'] as const;

function refuse(options: ImportCommandOptions, names: readonly (keyof ImportCommandOptions)[], why: string): void {
  const differences = names === timeOptions && options.noise === 'differences' ? ['noise differences'] : [];
  const given = [...names.filter((name) => options[name] !== undefined), ...differences];
  if (given.length === 0) return;
  throw new WtildeError('InvalidOption', {
    what: `${why}, so this cannot be done`,
    where: given.map((name) => `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`).join(', '),
    expected: 'no such option here',
    actual: given.join(', '),
    remedy: names === timeOptions ? 'leave it out, or import the UVFITS file that the data come from' : 'leave it out',
  });
}

function arraysOptions({ uvUnit, channels }: ImportCommandOptions) {
  return { uvUnit, channels };
}

/** What was asked for, for the manifest: nothing that says where files lie. */
function choicesOf(options: ImportCommandOptions, conjugate: boolean): object {
  const {
    out: _,
    force: __,
    json: ___,
    noiseMap: ____,
    uvWavelengths: _____,
    executor: ______,
    splitChannels: _______,
    ...choices
  } = options;
  return { ...choices, conjugate };
}
