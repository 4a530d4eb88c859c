import { complex, isUnequalNoise, isWtildeError, WtildeError } from '@wtilde/core-types';
import type { Visibilities } from '@wtilde/data';

/** Makes noise equal, and remembers what that changed. */
export interface EqualNoise {
  of(visibilities: Visibilities): Visibilities;
  /** What has been changed so far. */
  changes(): NoiseChanges;
}

/** How many visibilities had unequal noise, and by which part of it the noise of one changed most. */
export interface NoiseChanges {
  readonly seen: number;
  readonly changed: number;
  readonly most: number;
}

export const noChanges: NoiseChanges = { seen: 0, changed: 0, most: 0 };

export function sumOfChanges(a: NoiseChanges, b: NoiseChanges): NoiseChanges {
  return { seen: a.seen + b.seen, changed: a.changed + b.changed, most: Math.max(a.most, b.most) };
}

/** The changes in one sentence. */
export function toldChanges({ seen, changed, most }: NoiseChanges): string {
  const by = changed === 0 ? '' : `, changed by up to ${(100 * most).toPrecision(2)} %`;
  return `--noise rms: one noise for both parts of ${changed} of ${seen} visibilities${by}`;
}

/**
 * Replaces the noise of both parts by their root mean square where they differ. Noise that nobody could use, and that of
 * flagged visibilities, stays as it is.
 */
export function rmsNoise(): EqualNoise {
  let [seen, changed, most] = [0, 0, 0];
  return {
    of(visibilities) {
      const { noiseMap } = visibilities;
      const noise = noiseMap.data.slice();
      for (let at = 0; at < noise.length; at += 2) {
        const [re, im] = [noise[at], noise[at + 1]];
        seen += 1;
        const usable = Number.isFinite(re) && Number.isFinite(im) && re !== 0 && im !== 0;
        if (!usable || !isUnequalNoise(re, im)) continue;
        changed += 1;
        // Not the squares: they would leave the range of numbers before the noise does.
        const mean = Math.hypot(re, im) / Math.SQRT2;
        most = Math.max(most, Math.abs(Math.abs(re) - mean) / mean, Math.abs(Math.abs(im) - mean) / mean);
        noise.fill(mean, at, at + 2);
      }
      return { ...visibilities, noiseMap: complex(noise, noiseMap.shape) };
    },
    changes: () => ({ seen, changed, most }),
  };
}

/** The error of unequal noise with what helps on a command line; any other as it is. */
export function withNoiseRemedy(error: unknown): unknown {
  if (!isWtildeError(error, 'UnequalNoise')) return error;
  const { what, where, expected, actual } = error;
  return new WtildeError('UnequalNoise', {
    what,
    where,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    remedy: 'add --noise rms to use their root mean square for both, if they differ by little',
    cause: error,
  });
}
