/** Noise from what neighbouring integrations of a baseline differ by. */
import { WtildeError } from '@wtilde/core-types';
import type { Uvfits } from '../uvfits/open.js';
import { antennaFactors, type BaselineScatter } from './antennaFactors.js';
import type { Integration } from './integrations.js';
import type { NoiseGroup } from './noiseGroup.js';

export interface NoiseEstimate {
  readonly groups: readonly NoiseGroup[];
  /** Over all baselines, the root mean square. */
  readonly ratio: number;
  readonly differences: number;
  /**
   * The correlation of the noise of neighbouring channels, or bins of them, of a baseline: 2/3 after Hanning smoothing. Weights
   * take them as independent. Undefined where there are too few.
   */
  readonly channelCorrelation?: number | undefined;
  /**
   * By how much the noise of a baseline is larger than its weights say, by (subarray - 1) 2^32 + 65536 antenna 1 + antenna 2;
   * of one that is not there it is `ratio`.
   */
  readonly factors: ReadonlyMap<number, number>;
}

export interface Differences {
  take(integration: Integration): void;
  finish(): NoiseEstimate;
}

/** Integrations further apart than this many intervals are no neighbours. */
const longestGap = 5;
/** With fewer, an estimate is off by more than a tenth. */
const leastDifferences = 50;

/** Of a baseline: two integrations before the next, by bins, and what the differences so far have come to. */
interface Track {
  readonly scatter: { count: number; sum: number } & BaselineScatter;
  readonly previous: [Past, Past];
  /** Seconds, the shortest so far. */
  step: number;
}

interface Past {
  time: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly weight: Float64Array;
}

/**
 * Compares every integration with what the two beside it make of it: d = v1 - (a v0 + b v2), interpolated in time, so that
 * a visibility that drifts at a constant rate leaves nothing. Of noise alone each part of d has the variance 1/w1 +
 * a^2/w0 + b^2/w2; the mean of |d|^2 over twice that is the square of the ratio. Channels of a bin have been averaged
 * before, so that correlated channels count with the noise that their mean has. Cost: O(visibilities); memory: that of two
 * integrations of every baseline.
 */
export function createDifferences(file: Uvfits, per: 'antenna' | 'baseline'): Differences {
  const tracks = new Map<number, Track>();
  /** Of products of neighbouring bins, each part over its standard deviation: their sum and number. */
  const neighbours = new Float64Array(2);

  function take(integration: Integration): void {
    const { baseline, antenna1, antenna2, subarray, clock, re, im, weight } = integration;
    const [time, interval] = clock;
    let track = tracks.get(baseline);
    if (track === undefined) {
      const past = () => ({ time: Number.NaN, re: re.slice(), im: im.slice(), weight: weight.slice() });
      const scatter = { antenna1, antenna2, subarray, count: 0, sum: 0 };
      track = { scatter, previous: [past(), past()], step: Number.POSITIVE_INFINITY };
      tracks.set(baseline, track);
    }
    const [older, old] = track.previous;
    if (time > old.time) {
      track.step = Math.min(track.step, time - old.time);
      const unit = interval > 0 ? Math.min(interval, track.step) : track.step;
      if (time - older.time <= 2 * longestGap * unit && old.time > older.time) compare(track, integration);
    }
    older.time = time;
    older.re.set(re);
    older.im.set(im);
    older.weight.set(weight);
    track.previous.reverse();
  }

  function compare({ scatter, previous: [before, middle] }: Track, after: Integration): void {
    const b = (middle.time - before.time) / (after.clock[0] - before.time);
    const a = 1 - b;
    let lastRe = Number.NaN;
    let lastIm = Number.NaN;
    for (let bin = 0; bin < after.weight.length; bin++) {
      const [w0, w1, w2] = [before.weight[bin], middle.weight[bin], after.weight[bin]];
      if (w0 === 0 || w1 === 0 || w2 === 0) {
        lastRe = Number.NaN;
        continue;
      }
      const re = middle.re[bin] - a * before.re[bin] - b * after.re[bin];
      const im = middle.im[bin] - a * before.im[bin] - b * after.im[bin];
      const variance = 1 / w1 + (a * a) / w0 + (b * b) / w2;
      scatter.sum += (re * re + im * im) / (2 * variance);
      const deviation = Math.sqrt(variance);
      const product = (re * lastRe + im * lastIm) / deviation;
      if (!Number.isNaN(product)) {
        neighbours[0] += product / 2;
        neighbours[1] += 1;
      }
      lastRe = re / deviation;
      lastIm = im / deviation;
      scatter.count += 1;
    }
  }

  function finish(): NoiseEstimate {
    const scatters = [...tracks.values()].map(({ scatter }) => scatter);
    const differences = scatters.reduce((sum, { count }) => sum + count, 0);
    if (differences < leastDifferences) throw tooFew(file.where, differences);
    const sum = scatters.reduce((total, scatter) => total + scatter.sum, 0);
    if (sum === 0) throw noNoise(file.where);
    const ratio = Math.sqrt(sum / differences);
    const told = scatters.every(({ antenna1 }) => antenna1 >= 0);
    const { groups, factors } =
      per === 'antenna' && told ? antennaFactors(scatters, ratio, nameOf) : baselineFactors(scatters, ratio, nameOf);
    const byBaseline = new Map([...tracks.keys()].map((baseline, at) => [baseline, factors[at]]));
    const [products, pairs] = neighbours;
    const channelCorrelation = pairs < leastDifferences ? undefined : products / pairs / (sum / differences);
    return { groups, ratio, differences, channelCorrelation, factors: byBaseline };
  }

  function nameOf(subarray: number, antenna: number): string {
    return `${file.antennaName(subarray, antenna)}${subarray > 1 ? `:${subarray}` : ''}`;
  }

  return { take, finish };
}

/** Every baseline for itself; one with few differences takes the ratio of all. */
function baselineFactors(
  scatters: readonly BaselineScatter[],
  ratio: number,
  nameOf: (subarray: number, antenna: number) => string,
): { readonly groups: readonly NoiseGroup[]; readonly factors: readonly number[] } {
  const factors = scatters.map(({ count, sum }) =>
    count < leastDifferences || sum === 0 ? ratio : Math.sqrt(sum / count),
  );
  const groups = scatters.map(({ subarray, antenna1, antenna2, count }, at) => ({
    name: antenna1 < 0 ? 'all' : `${nameOf(subarray, antenna1)}-${nameOf(subarray, antenna2)}`,
    ratio: factors[at],
    differences: count,
  }));
  return { groups, factors };
}

function noNoise(where: string): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'neighbouring integrations do not differ',
    where,
    expected: 'noise',
    actual: 'none',
    remedy: 'take the noise from the weights; these may be the visibilities of a model',
  });
}

function tooFew(where: string, count: number): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'too few integrations have neighbours to tell the noise from',
    where,
    expected: `at least ${leastDifferences} integrations between two others of their baseline, with times`,
    actual: String(count),
    remedy: 'take the noise from the weights, or import data that have not been averaged in time',
  });
}
