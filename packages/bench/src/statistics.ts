/** What a table shows of some times. */
export interface Summary {
  readonly min: number;
  readonly mean: number;
  readonly median: number;
  /** Of the sample; 0 for a single one. */
  readonly stddev: number;
  readonly rounds: number;
}

export function summaryOf(samples: readonly number[]): Summary {
  const rounds = samples.length;
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / rounds;
  const squares = samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0);
  return {
    min: Math.min(...samples),
    mean,
    median: medianOf(samples),
    stddev: rounds > 1 ? Math.sqrt(squares / (rounds - 1)) : 0,
    rounds,
  };
}

export function medianOf(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How often the ratio of medians is drawn anew. */
const draws = 1000;

/** The ratio of the medians of b to a, and the band in which 95 of 100 ratios of resampled medians lie. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** By the bootstrap, the same in every run. */
export function ratioOf(a: readonly number[], b: readonly number[]): Ratio {
  const random = numbers(a.length * 31 + b.length);
  const draw = (samples: readonly number[]) =>
    medianOf(samples.map(() => samples[Math.floor(random() * samples.length)]));
  const ratios = Array.from({ length: draws }, () => draw(b) / draw(a)).sort((x, y) => x - y);
  return {
    ratio: medianOf(b) / medianOf(a),
    low: ratios[Math.floor(0.025 * draws)],
    high: ratios[Math.ceil(0.975 * draws) - 1],
  };
}

/** Where a median is, by ranks: 95 of 100 bands of this kind hold the one of all calls. Of few samples all of them. */
export function medianBand(samples: readonly number[]): readonly [low: number, high: number] {
  const sorted = [...samples].sort((a, b) => a - b);
  const count = sorted.length;
  const reach = 0.98 * Math.sqrt(count);
  const low = Math.max(0, Math.floor(count / 2 - reach));
  const high = Math.min(count - 1, Math.ceil(count / 2 + reach));
  return [sorted[low], sorted[high]];
}

/** A number and its standard deviation. */
export interface Exponent {
  readonly value: number;
  readonly error: number;
}

/** A size, a time, and the band that it is in. */
export type GrowthPoint = readonly [x: number, y: number, low: number, high: number];

/**
 * The exponent of y = c x^e through the points with the least squares of logarithms. Its standard deviation is the larger
 * of two: what the points scatter about the line, where there are more than two, and what their bands allow.
 */
export function growthExponentOf(points: readonly GrowthPoint[]): Exponent {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (lane: 0 | 1) => logs.reduce((sum, point) => sum + point[lane], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const spread = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const value = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const residuals = logs.reduce((sum, [x, y]) => sum + (y - meanY - value * (x - meanX)) ** 2, 0);
  const scatter = logs.length > 2 ? residuals / (logs.length - 2) / spread : 0;
  // A band is 2 times 1.96 standard deviations wide.
  const allowed = points.reduce((sum, [x, , low, high]) => {
    const deviation = Math.log(high / low) / 3.92;
    return sum + ((Math.log(x) - meanX) * deviation) ** 2;
  }, 0);
  return { value, error: Math.sqrt(Math.max(scatter, allowed / spread ** 2)) };
}

/** Numbers in 0 .. 1 from a seed. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
