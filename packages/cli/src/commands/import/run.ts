import { basename } from 'node:path';
import { WtildeError } from '@wtilde/core-types';
import { type ImportedVisibilities, importUvfits, importVisibilities } from '@wtilde/data';
import {
  type OpenedVisibilities,
  observationPaths,
  openVisibilities,
  sha256Of,
  writeVisibilityStream,
} from '@wtilde/data/node';
import { unitWarnings } from '@wtilde/lens';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, print, printJson } from '../../io.js';
import { outputsOf } from '../../outputs.js';
import { createProgress, type Progress } from '../../progress.js';
import { printWarnings } from '../../text/warnings.js';
import { version } from '../../version.js';
import type { ImportCommandOptions } from './options.js';
import { factsOf, report } from './report.js';

/** `wtilde import`: what a telescope delivers, as a dataset. */
export async function importObservation(
  options: ImportCommandOptions,
  io: Io,
  [path]: readonly string[],
): Promise<ExitCode> {
  const { out, noiseMap, uvWavelengths } = options;
  // Files, without the HDUs that are read of them.
  const inputs = [path, noiseMap, uvWavelengths].map((file) => file?.replace(/\[\d+\]$/, ''));
  const outputs = await outputsOf(observationPaths(out).map(String), inputs, options, io, true);
  const opened = await openVisibilities(path, { noiseMap, uvWavelengths, ...arraysOptions(options) });
  const conjugate = options.conjugate ?? opened.format === 'uvfits';
  const progress = await createProgress(io);
  try {
    const imported = await importedFrom(opened, path, { ...options, conjugate }, progress);
    progress.step('hashes');
    const files = await Promise.all(
      opened.files.map(async (file) => ({ file: basename(file), sha256: await sha256Of(file) })),
    );
    const choices = choicesOf(options, conjugate);
    const manifest = (written: object) => ({
      wtilde: version(),
      input: { format: opened.format, files },
      choices,
      output: written,
      ...factsOf(opened, imported),
    });
    let described = {};
    await outputs.write(async (how) => {
      await writeVisibilityStream(
        out,
        imported.chunks(),
        (written) => {
          described = manifest(written);
          return described;
        },
        how,
      );
    });
    progress.stop();
    printWarnings(io, unitWarnings({ longest: imported.report().summary.longestBaseline }));
    if (options.json) printJson(io, described);
    else print(io, report(path, out, opened, imported, conjugate));
    return exitCodes.fine;
  } finally {
    progress.stop();
  }
}

async function importedFrom(
  opened: OpenedVisibilities,
  path: string,
  options: ImportCommandOptions,
  progress: Progress,
): Promise<ImportedVisibilities> {
  const { conjugate, uvrange: uvRange, noise } = options;
  if (opened.format !== 'uvfits') {
    refuse(options, timeOptions, 'the data tell neither times nor channels nor antennas');
    const step = progress.step(`${opened.visibilities.count} visibilities`);
    const how = { uvRange, conjugate, noise: noise === 'rms' ? 'rms' : 'weights' } as const;
    return importVisibilities(opened.visibilities, path, how, { onProgress: (done, total) => step(done, total) });
  }
  refuse(options, ['uvUnit', 'noiseMap', 'uvWavelengths'], 'a UVFITS file says that itself');
  const { stokes, source, channels, windows, times, averageTime, field, averageChannels, noiseGroups } = options;
  let now = '';
  let step: (done: number, total: number) => void = () => {};
  return await importUvfits(
    opened.uvfits,
    {
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
    },
    {
      compareNoise: true,
      onProgress(done, total, pass) {
        if (now !== pass) step = progress.step(pass);
        now = pass;
        step(done, total);
      },
    },
  );
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
  const { out: _, force: __, json: ___, noiseMap: ____, uvWavelengths: _____, ...choices } = options;
  return { ...choices, conjugate };
}
