import { type AbortSignalLike, throwIfAborted, WtildeError } from '@wtilde/core-types';
import { optionsOf } from '../bytes/fileErrors.js';
import type { Visibilities } from '../fits/triple.js';
import type { Uvfits } from '../uvfits/open.js';
import { createChunkBuilder, createTimeAverage } from './averages.js';
import { createDifferences, type NoiseEstimate } from './differences.js';
import { type Integration, selectorOf } from './integrations.js';
import type { ImportOptions } from './options.js';
import { createReport, type ImportReport } from './report.js';
import { rotation, smallChange } from './smearing.js';
import { createSummary } from './summary.js';

/** Visibilities of an observation, made ready for W while they are used. */
export interface ImportedVisibilities {
  /** What neighbouring integrations say of the noise; undefined where nobody asked. */
  readonly noise: NoiseEstimate | undefined;
  /** From the beginning with every call, in chunks of at most 131072. What is flagged or not selected is left out. */
  chunks(): AsyncGenerator<Visibilities, void, undefined>;
  /** Of the last pass over all chunks; throws MissingArgument before the first. */
  report(): ImportReport;
}

/** How long work reports itself, and is stopped. */
export interface ImportControl {
  readonly signal?: AbortSignalLike | undefined;
  /** Groups done of all, in every pass. */
  readonly onProgress?: ((done: number, total: number, pass: 'noise' | 'visibilities') => void) | undefined;
  /** Estimates the noise too where the weights are taken, so that they can be compared; where it can be. */
  readonly compareNoise?: boolean | undefined;
}

const chunkSize = 2 ** 17;

/**
 * Selects and averages the visibilities of a UVFITS file, with noise from its weights or from differences of neighbouring
 * integrations: one pass over the file for the noise, where it is estimated, one for every call of `chunks`. Memory does
 * not grow with the number of integrations: it is that of a few of every baseline.
 *
 * u and v of a mean are means by weight, in wavelengths.
 *
 * @throws InvalidOption for what the file does not have; InvalidValue where the noise cannot be estimated, or nothing is
 *   left (after the last chunk); FileFormat; FileUnreadable; Aborted.
 */
export async function importUvfits(
  file: Uvfits,
  options: ImportOptions = {},
  control: ImportControl = {},
): Promise<ImportedVisibilities> {
  const { stokes, averageTime, field, conjugate = true, noise = 'weights', noiseGroups = 'antenna' } = checked(options);
  const { signal, onProgress, compareNoise = false } = optionsOf(control, 'importUvfits');
  selectorOf(file, options);
  if (noise === 'weights' && !file.weighted) throw noWeights(file.where);

  async function estimated(): Promise<NoiseEstimate> {
    const { each } = selectorOf(file, options);
    const { take, finish } = createDifferences(file, noiseGroups);
    for await (const groups of file.read({ stokes, signal })) {
      each(groups, take);
      onProgress?.(groups.first + groups.count, file.groups, 'noise');
    }
    return finish();
  }

  const estimate =
    noise === 'differences' ? await estimated() : compareNoise ? await orNone(estimated, signal) : undefined;
  const factors = noise === 'differences' ? estimate : undefined;
  const { keep, report } = createReport(file.where);

  async function* chunks(): AsyncGenerator<Visibilities, void, undefined> {
    const selector = selectorOf(file, options);
    const builder = createChunkBuilder(chunkSize);
    const summary = createSummary();
    let [frequency, seconds, drift] = [Number.NaN, 0, 0];
    /** No more than what is asked for, or than what loses little at the edge of the field. */
    const secondsOf = ({ u, v, interval }: Integration): number | undefined => {
      const length = Math.sqrt(u * u + v * v) * frequency;
      const least = interval > 0 ? interval : 0;
      const most = field === undefined ? Number.POSITIVE_INFINITY : smallChange(field) / (rotation * length);
      const taken = averageTime === undefined ? undefined : Math.min(averageTime, most);
      const lasts = Math.max(least, taken ?? 0);
      if (lasts > seconds) seconds = lasts;
      if (lasts * length > drift) drift = lasts * length;
      return taken;
    };
    const average = createTimeAverage(secondsOf, conjugate, (u, v, w, re, im, sigma) => {
      summary.add(u, v, w, re, im, sigma);
      builder.add(u, v, w, re, im, sigma);
    });
    for await (const groups of file.read({ stokes, signal })) {
      selector.each(groups, (integration) => {
        const at = integration.weight.findIndex((weight) => weight > 0);
        frequency = integration.frequency[at];
        average.take(integration, factors?.factorOf(integration) ?? 1);
      });
      yield* builder.taken(false);
      onProgress?.(groups.first + groups.count, file.groups, 'visibilities');
    }
    average.finish();
    yield* builder.taken(true);
    const { counts, binWidth } = selector;
    keep(counts, () => summary.finish({ seconds, drift, hertz: binWidth, frequency }));
  }

  return { noise: estimate, chunks, report };
}

/** Nothing where too few integrations have neighbours. */
async function orNone(
  estimated: () => Promise<NoiseEstimate>,
  signal: AbortSignalLike | undefined,
): Promise<NoiseEstimate | undefined> {
  try {
    return await estimated();
  } catch (error) {
    throwIfAborted(signal, 'importUvfits');
    if (error instanceof WtildeError && error.code === 'InvalidValue') return undefined;
    throw error;
  }
}

function checked(options: ImportOptions): ImportOptions {
  const known = optionsOf(options, 'importUvfits');
  for (const [name, value, values] of [
    ['noise', known.noise, ['weights', 'differences']],
    ['noiseGroups', known.noiseGroups, ['antenna', 'baseline']],
  ] as const) {
    if (value === undefined || values.some((each) => each === value)) continue;
    throw new WtildeError('InvalidOption', {
      what: 'the value makes no sense',
      where: name,
      expected: values.join(' or '),
      actual: String(value),
      remedy: 'correct it or leave the option out',
    });
  }
  return known;
}

function noWeights(where: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the file has no weights',
    where,
    expected: 'an axis COMPLEX of three: real part, imaginary part, weight',
    actual: 'two',
    remedy: 'estimate the noise from differences (--noise differences on the command line)',
  });
}
