import type { Drawn } from './allotment.js';
import type { Ranked } from './contour.js';

/** The likeliest of some points, with the volumes of all that is likelier. */
export interface Likeliest {
  readonly above: readonly (Drawn & Ranked)[];
  /** Those that come next. */
  readonly beyond: readonly (Drawn & Ranked)[];
}

/** Of the volume that the next region is to hold. */
const beyondIs = 5;

/**
 * The likeliest of all points, down to a volume. Points of one likelihood stay together: within, where they do not make it
 * much larger, or else outside.
 */
export function likeliest(all: readonly Drawn[], volume: number): Likeliest {
  const finite = all.filter(({ logLikelihood }) => Number.isFinite(logLikelihood));
  finite.sort((a, b) => b.logLikelihood - a.logLikelihood);
  let sum = 0;
  let count = 0;
  const volumes = finite.map(({ density }) => {
    const before = sum;
    sum += 1 / density;
    return (before + sum) / 2;
  });
  while (count < finite.length && volumes[count] < volume) count++;
  if (count === 0) return { above: [], beyond: [] };
  const { logLikelihood } = finite[count - 1];
  let joined = count;
  while (joined < finite.length && finite[joined].logLikelihood === logLikelihood) joined++;
  if (joined > count) {
    if (volumes[joined - 1] < 2 * volume) count = joined;
    else while (count > 0 && finite[count - 1].logLikelihood === logLikelihood) count--;
  }
  if (count === 0) return { above: [], beyond: [] };
  const limit = volumes[count - 1];
  const ranked = finite.map((point, i) => ({ ...point, volume: volumes[i] / limit }));
  return { above: ranked.slice(0, count), beyond: ranked.slice(count).filter((point) => point.volume < beyondIs) };
}
