import { isUnequalNoise, throwIfAborted, WtildeError } from '@wtilde/core-types';
import { optionsOf } from '../bytes/fileErrors.js';
import type { Visibilities } from '../fits/triple.js';
import { createChunkBuilder, rowLength } from './averages.js';
import type { ImportedVisibilities } from './importUvfits.js';
import type { Counts } from './integrations.js';
import { checkRange, type ImportOptions, type PassControl } from './options.js';
import { createReport } from './report.js';
import { createSummary } from './summary.js';

/** Options of {@link importVisibilities}. */
export interface PlainImportOptions extends Pick<ImportOptions, 'uvRange' | 'conjugate'> {
  /** `weights` (the default): as it is. `rms`: the root mean square of both parts, for both. */
  readonly noise?: 'weights' | 'rms' | undefined;
}

const chunkSize = 2 ** 17;

/**
 * Selects visibilities that have neither times nor antennas, as of three FITS files. What is flagged (infinite noise) is
 * left out, and nothing is conjugated unless asked for.
 *
 * @throws InvalidOption; while reading UnequalNoise where the noise of both parts differs and `noise` is not `rms`;
 *   InvalidValue for values that are none or noise that is not above 0, or where nothing is left; Aborted.
 */
export function importVisibilities(
  source: { readonly count: number; chunks(): AsyncIterable<Visibilities> },
  where: string,
  options: PlainImportOptions = {},
  control: PassControl = {},
): ImportedVisibilities {
  const { uvRange, conjugate = false, noise = 'weights' } = optionsOf(options, 'importVisibilities');
  const { signal, onProgress } = optionsOf(control, 'importVisibilities');
  checkRange(uvRange, 'uvRange');
  if (noise !== 'weights' && noise !== 'rms') throw noTimes(where, String(noise));
  const [shortest, longest] = uvRange ?? [0, Number.POSITIVE_INFINITY];
  const { keep, report } = createReport(where);

  async function* chunks(): AsyncGenerator<Visibilities, void, undefined> {
    const counts: Counts = { read: 0, notSelected: 0, autocorrelations: 0, flagged: 0, used: 0 };
    const builder = createChunkBuilder(chunkSize);
    const summary = createSummary();
    const taken = new Float64Array(rowLength);
    for await (const { data, noiseMap, uvWavelengths } of source.chunks()) {
      throwIfAborted(signal, where);
      for (let at = 0; at < data.data.length; at += 2) {
        const row = counts.read;
        counts.read += 1;
        const [sigmaRe, sigmaIm] = [Math.abs(noiseMap.data[at]), Math.abs(noiseMap.data[at + 1])];
        if (sigmaRe === Number.POSITIVE_INFINITY || sigmaIm === Number.POSITIVE_INFINITY) {
          counts.flagged += 1;
          continue;
        }
        const [re, im] = [data.data[at], data.data[at + 1]];
        const [u, v] = [uvWavelengths.data[at], uvWavelengths.data[at + 1]];
        const length = Math.hypot(u, v);
        if (![re, im, length].every(Number.isFinite) || !(sigmaRe > 0 && sigmaIm > 0)) {
          throw unusable(where, row, [re, im, sigmaRe, sigmaIm, u, v]);
        }
        // A baseline of an antenna with itself has no length.
        if (length === 0) counts.autocorrelations += 1;
        else if (length < shortest || length > longest) counts.notSelected += 1;
        else {
          const unequal = isUnequalNoise(sigmaRe, sigmaIm);
          if (unequal && noise !== 'rms') throw unequalNoise(where, row, sigmaRe, sigmaIm);
          // Not the squares: they would leave the range of numbers before the noise does.
          const sigma = unequal ? Math.hypot(sigmaRe, sigmaIm) / Math.SQRT2 : sigmaRe;
          const signed = conjugate ? -im : im;
          counts.used += 1;
          taken[0] = u;
          taken[1] = v;
          taken[3] = re;
          taken[4] = signed;
          taken[5] = sigma;
          summary.add(taken);
          builder.add(taken);
        }
      }
      yield* builder.taken(false);
      onProgress?.(counts.read, source.count, 'visibilities');
    }
    yield* builder.taken(true);
    keep(counts, () => summary.finish({ seconds: 0, drift: 0, hertz: 0, frequency: 1 }));
  }

  return { noise: undefined, chunks, report };
}

/** Visibilities at hand, as {@link importVisibilities} takes them. */
export function chunksOf(visibilities: Visibilities) {
  async function* chunks(): AsyncGenerator<Visibilities, void, undefined> {
    yield visibilities;
  }
  return { count: visibilities.data.shape[0], chunks };
}

function noTimes(where: string, noise: string): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'noise cannot be had in this way here: the data tell neither times nor antennas',
    where,
    expected: 'weights or rms',
    actual: noise,
    remedy: 'import the UVFITS file that the data come from',
  });
}

function unusable(where: string, row: number, values: readonly number[]): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the visibility cannot be used',
    where: `${where}, row ${row} (from 0)`,
    expected: 'finite numbers and a noise other than zero, or infinite noise for a flagged one',
    actual: values.join(', '),
    remedy: 'correct it, or flag it by infinite noise or a weight of 0',
  });
}

function unequalNoise(where: string, row: number, re: number, im: number): WtildeError {
  return new WtildeError('UnequalNoise', {
    what: 'the noise of real and imaginary part differs',
    where: `${where}, row ${row} (from 0)`,
    expected: 'one noise for both',
    actual: `${re} and ${im}`,
    remedy: 'take their root mean square (--noise rms on the command line), if they differ by little',
  });
}
