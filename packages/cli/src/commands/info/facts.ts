import { isUnequalNoise, WtildeError } from '@wtilde/core-types';
import { openVisibilityFiles, type Visibilities } from '@wtilde/data/node';

/** What is in a dataset, in one pass. Lengths in wavelengths; those of baselines are of usable visibilities. */
export interface Facts {
  readonly visibilities: number;
  /** Infinite noise in either part. */
  readonly flagged: number;
  /** Those of the flagged whose other part is finite. */
  readonly halfFlagged: number;
  /** Not flagged, and a value is not finite. */
  readonly notFinite: number;
  /** Not flagged, and a part of the noise is zero. */
  readonly zeroNoise: number;
  readonly negativeNoise: number;
  /** Baselines of length zero, as of an antenna with itself. */
  readonly zeroBaselines: number;
  /** Zero where there are zero-length baselines only. */
  readonly shortestBaseline: number;
  readonly longestBaseline: number;
  readonly leastNoise: number;
  readonly mostNoise: number;
  /** Visibilities whose noise differs between real and imaginary part, which W cannot take. */
  readonly unequalNoise: number;
  /** By how much of it, at most. */
  readonly unequalBy: number;
  readonly signalToNoise: number;
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
}

/** Throws what reading throws, and InvalidValue where no visibility can be used. */
export async function factsOf(folder: string, onProgress: (done: number, total: number) => void): Promise<Facts> {
  const { count, chunks } = await openVisibilityFiles(folder);
  const sums = createSums();
  for await (const chunk of chunks()) {
    sums.add(chunk);
    onProgress(sums.seen(), count);
  }
  const { used, ...facts } = sums.finish();
  if (used > 0) return facts;
  throw new WtildeError('InvalidValue', {
    what: 'there is nothing to see: no visibility can be used',
    where: folder,
    expected: 'finite values and a noise other than zero',
    actual: `${facts.flagged} flagged, ${facts.notFinite} not finite, ${facts.zeroNoise} with zero noise`,
    remedy: 'check how the files were written',
  });
}

function createSums() {
  let [visibilities, flagged, halfFlagged, notFinite, zeroNoise, negativeNoise] = [0, 0, 0, 0, 0, 0];
  let [used, zeroBaselines, unequalNoise, unequalBy, chiSquared0, noiseNormalization] = [0, 0, 0, 0, 0, 0];
  let [shortest, longest, leastNoise, mostNoise] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0];

  function take(noise: readonly [number, number], value: readonly [number, number], length: number): void {
    const [re, im] = [Math.abs(noise[0]), Math.abs(noise[1])];
    if (noise[0] < 0 || noise[1] < 0) negativeNoise += 1;
    const infinite = [re, im].filter((part) => part === Number.POSITIVE_INFINITY).length;
    if (infinite > 0) {
      flagged += 1;
      halfFlagged += 2 - infinite;
    } else if (![re, im, ...value, length].every(Number.isFinite)) notFinite += 1;
    else if (re === 0 || im === 0) zeroNoise += 1;
    else {
      used += 1;
      if (length === 0) zeroBaselines += 1;
      else shortest = Math.min(shortest, length);
      longest = Math.max(longest, length);
      leastNoise = Math.min(leastNoise, re, im);
      mostNoise = Math.max(mostNoise, re, im);
      if (isUnequalNoise(re, im)) unequalNoise += 1;
      unequalBy = Math.max(unequalBy, Math.abs(re - im) / re);
      chiSquared0 += (value[0] / re) ** 2 + (value[1] / im) ** 2;
      noiseNormalization += 2 * Math.log(2 * Math.PI) + 2 * Math.log(re) + 2 * Math.log(im);
    }
  }

  return {
    seen: () => visibilities,
    add({ data: { data }, noiseMap: { data: noise }, uvWavelengths: { data: uv } }: Visibilities): void {
      for (let at = 0; at < data.length; at += 2) {
        take([noise[at], noise[at + 1]], [data[at], data[at + 1]], Math.hypot(uv[at], uv[at + 1]));
      }
      visibilities += data.length / 2;
    },
    finish: () => ({
      used,
      visibilities,
      flagged,
      halfFlagged,
      notFinite,
      zeroNoise,
      negativeNoise,
      zeroBaselines,
      shortestBaseline: longest === 0 ? 0 : shortest,
      longestBaseline: longest,
      leastNoise,
      mostNoise,
      unequalNoise,
      unequalBy,
      signalToNoise: Math.sqrt(chiSquared0 / (2 * used)),
      chiSquared0,
      noiseNormalization,
    }),
  };
}
