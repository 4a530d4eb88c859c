import { basename, join } from 'node:path';
import { isWtildeError, WtildeError } from '@wtilde/core-types';
import {
  type ImportedVisibilities,
  type ImportOptions,
  importUvfits,
  importVisibilities,
  type NoiseEstimate,
  type Visibilities,
} from '@wtilde/data';
import { type OpenedVisibilities, observationPaths, openVisibilities, writeVisibilityStream } from '@wtilde/data/node';
import { unitWarnings, wTermWarnings } from '@wtilde/lens';
import { withExecutor } from '../../executing/executor.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print, printJson } from '../../io.js';
import { type Beside, besideAlone } from '../../lensing/beside.js';
import { outputsOf } from '../../outputs.js';
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
  if (!options.splitChannels) return await importOne(options, io, operands);
  for (const part of await partsOf(options, operands[0])) await importOne(part, io, operands);
  return exitCodes.fine;
}

/** The import of every channel of a UVFITS file; throws InvalidOption for what has none. */
async function partsOf(options: ImportCommandOptions, path: string): Promise<readonly ImportCommandOptions[]> {
  const opened = await openVisibilities(path, { noiseMap: options.noiseMap, uvWavelengths: options.uvWavelengths });
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

async function importOne(options: ImportCommandOptions, io: Io, [path]: readonly string[]): Promise<ExitCode> {
  const { out, noiseMap, uvWavelengths } = options;
  // Files, without the HDUs that are read of them.
  const inputs = [path, noiseMap, uvWavelengths].map((file) => file?.replace(/\[\d+\]$/, ''));
  const outputsFor = (antennas: boolean) =>
    outputsOf(observationPaths(out, antennas).map(String), inputs, options, io, true);
  const three = await outputsFor(false);
  const opened = await openVisibilities(path, { noiseMap, uvWavelengths, ...arraysOptions(options) });
  const outputs = opened.format === 'uvfits' ? await outputsFor(true) : three;
  const conjugate = options.conjugate ?? opened.format === 'uvfits';
  const observing = observingOf(options, opened, conjugate);
  const progress = await createProgress(io);
  const given = { options, opened, observing, path, conjugate, outputs, progress };
  const work = (beside: Beside) => importWith(beside, given, io);
  try {
    if (options.executor === undefined) return await work(besideAlone(opened, observing, progress));
    return await withExecutor(options.executor, io, async (executor) => {
      const { withObserved } = await import('../../executing/observed.js');
      return await withObserved(executor, opened, observing, work);
    });
  } finally {
    progress.stop();
  }
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
}

async function importWith(beside: Beside, given: Import, io: Io): Promise<ExitCode> {
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
  const { summary } = imported.report();
  printWarnings(io, [...unitWarnings({ longest: summary.longestBaseline }), ...wTermWarnings(summary)]);
  if (known !== undefined) printWarnings(io, channelWarnings(known));
  if (options.json) printJson(io, described);
  else if (known !== undefined) print(io, report(path, options.out, opened, known, conjugate));
  return exitCodes.fine;
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
  { options, opened, observing, path, conjugate, progress }: Import,
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
  return await importUvfits(opened.uvfits, { ...observing, antennas: true }, { estimated, onProgress });
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
