import { WtildeError } from '@wtilde/core-types';
import { optionsOf } from '../bytes/fileErrors.js';
import type { Visibilities } from '../fits/triple.js';
import type { Uvfits } from '../uvfits/open.js';
import { createChunkBuilder, createTimeAverage } from './averages.js';
import type { NoiseEstimate } from './differences.js';
import { estimateNoise } from './estimateNoise.js';
import { type Integration, selectorOf } from './integrations.js';
import { checkedOptions, type ImportOptions, type PassControl } from './options.js';
import { createReport, type ImportReport } from './report.js';
import { rotation, smallChange } from './smearing.js';
import { createSummary } from './summary.js';

/** Visibilities of an observation, made ready for W while they are used. */
export interface ImportedVisibilities {
  /** What neighbouring integrations say of the noise; undefined where nobody asked. */
  readonly noise: NoiseEstimate | undefined;
  /** From the beginning with every call, in chunks. What is flagged or not selected is left out. */
  chunks(): AsyncGenerator<Visibilities, void, undefined>;
  /** Of the last pass over all chunks; throws MissingArgument before the first. */
  report(): ImportReport;
}

/** How an import reports itself and is stopped, and what is known already. */
export interface ImportControl extends PassControl {
  /** Of `estimateNoise` with the same options, where somebody has made it: no pass over the file is made for it. */
  readonly estimated?: NoiseEstimate | undefined;
  /** Visibilities of a chunk, at most. Default 131072. */
  readonly chunkSize?: number | undefined;
}

const usualChunk = 2 ** 17;

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
  const {
    averageTime,
    field,
    antennas,
    conjugate = true,
    noise = 'weights',
    ...known
  } = checkedOptions(options, 'importUvfits');
  const { stokes } = known;
  const { signal, onProgress, estimated, chunkSize = usualChunk } = optionsOf(control, 'importUvfits');
  selectorOf(file, options);
  if (noise === 'weights' && !file.weighted) throw noWeights(file.where);

  const estimate = estimated ?? (noise === 'differences' ? await estimateNoise(file, options, control) : undefined);
  const factors = noise === 'differences' ? estimate : undefined;
  const { keep, report } = createReport(file.where);

  async function* chunks(): AsyncGenerator<Visibilities, void, undefined> {
    const selector = selectorOf(file, options);
    const builder = createChunkBuilder(chunkSize, antennas);
    const summary = createSummary();
    let [seconds, drift] = [0, 0];
    /** Hz of the last visibility; in an array, as in rows. */
    const frequency = new Float64Array(1).fill(Number.NaN);
    /** No more than what is asked for, or than what loses little at the edge of the field. */
    const secondsOf = ({ uvw, clock }: Integration): number | undefined => {
      const length = Math.sqrt(uvw[0] * uvw[0] + uvw[1] * uvw[1]) * frequency[0];
      const interval = clock[1];
      const least = Number.isNaN(interval) ? 0 : Math.max(interval, 0);
      const most = field === undefined ? Number.POSITIVE_INFINITY : smallChange(field) / (rotation * length);
      const taken = averageTime === undefined ? undefined : Math.min(averageTime, most);
      const lasts = Math.max(least, taken ?? 0);
      if (lasts > seconds) seconds = lasts;
      if (lasts * length > drift) drift = lasts * length;
      return taken;
    };
    const average = createTimeAverage(secondsOf, conjugate, (row) => {
      summary.add(row);
      builder.add(row);
    });
    const factorOf = (baseline: number) => factors?.factors.get(baseline) ?? factors?.ratio ?? 1;
    const visit = (integration: Integration) => {
      const { weight } = integration;
      let at = 0;
      while (!(weight[at] > 0)) at++;
      frequency[0] = integration.frequency[at];
      average.take(integration, factorOf(integration.baseline));
    };
    for await (const groups of file.read({ stokes, signal })) {
      selector.each(groups, visit);
      yield* builder.taken(false);
      onProgress?.(groups.first + groups.count, file.groups, 'visibilities');
    }
    average.finish();
    yield* builder.taken(true);
    const { counts, binWidth } = selector;
    keep(counts, () => summary.finish({ seconds, drift, hertz: binWidth, frequency: frequency[0] }));
  }

  return { noise: estimate, chunks, report };
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
