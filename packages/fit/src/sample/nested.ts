import { createRandom } from '@wtilde/data';
import { checkObjective, nothingFound } from '../checks.js';
import { logSumExp } from '../numbers/logSum.js';
import type { Evaluation, Objective } from '../objective.js';
import { conductorOf, type RunOptions, type Search } from '../optimise/search.js';
import type { Posterior } from './posterior.js';
import { type Region, regionAround, wholeCube } from './region.js';

export interface NestedOptions extends RunOptions {
  /** The same gives the same samples. Default 1. */
  readonly seed?: number | undefined;
  /** Points drawn from each region on the way to the maximum: more find more maxima. Default 500. */
  readonly live?: number | undefined;
  /** Effective samples that are asked for. Default 1000. */
  readonly effectiveSamples?: number | undefined;
  /** The error of the log evidence that is asked for. Default 0.04. */
  readonly sigma?: number | undefined;
  /** Ends there, with what there is. Default 200,000. */
  readonly mostEvaluations?: number | undefined;
}

/** The next region holds this share of the volume above a likelihood that the last one holds. */
const shrink = 0.2;
/** Regions are not made around fewer points, for every parameter. */
const leastPerParameter = 5;
/** For as many ellipsoids the points of one region are drawn once more. */
const partsAtOnce = 4;
/** As many regions that are not smaller than the one before are the last. */
const mostStuck = 10;
/** The last region is the one within which this share of the evidence lies above the next likelihood. */
const lastShare = 0.1;
/** Where points that count are worth less than this share of their number, the way up has missed something ... */
const leastEfficiency = 0.02;
/** ... and is gone on with, as often. */
const mostOpenings = 10;
/** Points of one request: many enough for many workers, few enough to lose. */
const batch = 50;
/** Of the points that count, every region gets at least this share. */
const leastShare = 0.004;

/**
 * The evidence of an objective and samples of its posterior, by importance nested sampling. First regions, each a union of
 * ellipsoids around the likeliest points of the one before, are laid around ever higher likelihoods. Then, with these
 * regions fixed, points are drawn anew from all of them, and count with the density of the mixture,
 *
 *     Z = sum over points of L(x) / S(x),    S(x) = sum over regions that hold x of (points drawn from it / its volume)
 *
 * so that the estimate is unbiased whatever the regions are (the points of the first part made these, and do not count;
 * compare Nautilus, Lange 2023, arXiv:2306.16923, with `discard_exploration`), and its error is the scatter of the
 * terms, region by region, with the error of the volumes.
 *
 * Meant for up to some 15 parameters. Needs no gradients; jumps and likelihoods of 0 do no harm.
 *
 * @throws NumericalFailure where the likelihood has a value nowhere; Aborted, and what the objective throws.
 */
export async function sampleNested(objective: Objective, options: NestedOptions = {}): Promise<Posterior> {
  checkObjective(objective, 'sampleNested');
  const conductor = conductorOf(objective, options, 'sampleNested');
  const state = { fraction: 0 };
  const [{ drawn, trace, samples, logZ, sigma, effective, converged }] = await conductor.run(
    [search(objective, options, state)],
    () => state.fraction,
  );
  const { evaluations, failures } = conductor.progress;
  return {
    converged,
    statement:
      `${drawn} points from ${trace.length} regions are worth ${Math.floor(effective)} samples` +
      (converged ? '' : ', fewer than were asked for'),
    logZ: { value: logZ, sigma },
    effectiveSamples: effective,
    evaluations,
    failures,
    trace,
    paths: objective.parameters.map(({ path }) => path),
    ...samples,
  };
}

interface Found {
  readonly drawn: number;
  readonly trace: readonly { readonly evaluations: number; readonly logZ: number }[];
  readonly samples: Pick<Posterior, 'values' | 'logLikelihoods' | 'weights'>;
  readonly logZ: number;
  readonly sigma: number;
  readonly effective: number;
  readonly converged: boolean;
}

interface Drawn {
  readonly share: Float64Array;
  readonly logLikelihood: number;
  /** S(x). */
  density: number;
}

/** A point that counts, and which regions hold it. */
interface Counted extends Drawn {
  readonly inside: readonly boolean[];
}

function* search(
  { parameters }: Objective,
  { seed = 1, live = 500, effectiveSamples = 1000, sigma: asked = 0.04, mostEvaluations = 200_000 }: NestedOptions,
  state: { fraction: number },
): Search<Found> {
  const order = parameters.length;
  const valuesAt = (share: Float64Array) => share.map((each, at) => parameters[at].prior.valueAt(each));
  let made = 0;
  function* evaluated(region: Region, count: number, stream: string): Search<readonly Drawn[]> {
    const drawn: Drawn[] = [];
    for (let from = 0; from < count; from += batch) {
      const random = createRandom(`${stream}/${from}`);
      const shares = Array.from({ length: Math.min(batch, count - from) }, () => region.draw(random));
      const answers: readonly Evaluation[] = yield { points: shares.map(valuesAt), gradient: false };
      made += shares.length;
      shares.forEach((share, i) => {
        drawn.push({ share, logLikelihood: answers[i].logLikelihood, density: 0 });
      });
    }
    return drawn;
  }

  // Up to the maximum.
  const regions: Region[] = [wholeCube(order)];
  const counts: number[] = [];
  const trace: { readonly evaluations: number; readonly logZ: number }[] = [];
  let all: Drawn[] = [];
  let logZ = Number.NEGATIVE_INFINITY;
  let stuck = 0;
  let opening = 0;
  for (;;) {
    const at = regions.length - 1;
    const region = regions[at];
    counts[at] = 0;
    let above: readonly Drawn[] = [];
    let inside = 0;
    do {
      // Of many maxima none may be left without a point.
      const wanted = live * Math.ceil(region.parts / partsAtOnce);
      const fresh = yield* evaluated(region, wanted, `nested/${seed}/region/${at}/${counts[at]}`);
      const each = Math.exp(-region.logVolume);
      for (const point of all) if (region.has(point.share)) point.density += fresh.length * each;
      for (const point of fresh) {
        point.density = (counts[at] + fresh.length) * each;
        for (let i = 0; i < at; i++) {
          if (regions[i].has(point.share)) point.density += counts[i] * Math.exp(-regions[i].logVolume);
        }
      }
      counts[at] += fresh.length;
      all = [...all, ...fresh];
      above = likeliest(all, region, shrink);
      logZ = logSumExp(all.map(termOf));
      // Before anything has a likelihood, everything may be above.
      inside = Number.isFinite(logZ) ? Math.exp(logSumExp(above.map(termOf)) - logZ) : 1;
    } while (above.length < leastPerParameter * order && inside >= lastShare && made < mostEvaluations);
    if (!Number.isFinite(logZ)) throw nothingFound('sampleNested', made);
    trace.push({ evaluations: made, logZ });
    stuck = at > 0 && region.logVolume > regions[at - 1].logVolume - 0.05 ? stuck + 1 : 0;
    if (inside < lastShare || stuck >= mostStuck || made >= mostEvaluations) {
      const found = yield* counted();
      if (found !== undefined) return found;
      continue;
    }
    regions.push(
      regionAround(
        above.map(({ share }) => share),
        createRandom(`nested/${seed}/volume/${at}`),
      ),
    );
    state.fraction = 0.8 * (1 - inside);
  }

  /** Points that count; none where they show that the way up has missed what there is. */
  function* counted(): Search<Found | undefined> {
    const shares = allotted(all, regions);
    const strata: Counted[][] = regions.map(() => []);
    let size: number = live;
    for (let round = 0; ; round++) {
      for (const [i, region] of regions.entries()) {
        const wanted = Math.ceil(shares[i] * size) - strata[i].length;
        const fresh = yield* evaluated(region, wanted, `nested/${seed}/final/${opening}/${i}/${round}`);
        for (const point of fresh) strata[i].push({ ...point, inside: regions.map(({ has }) => has(point.share)) });
      }
      const densities = regions.map(({ logVolume }, i) => strata[i].length * Math.exp(-logVolume));
      const drawn = strata.flat();
      for (const point of drawn)
        point.density = densities.reduce((sum, each, i) => (point.inside[i] ? sum + each : sum), 0);
      const terms = drawn.map(termOf);
      logZ = logSumExp(terms);
      const weights = Float64Array.from(terms, (term) => Math.exp(term - logZ));
      const effective = 1 / weights.reduce((sum, weight) => sum + weight * weight, 0);
      const sigma = errorOf(strata, regions, densities, logZ);
      const lacking = Math.max(effectiveSamples / effective, (sigma / asked) ** 2);
      // As many more as it takes, as far as these tell; never more than twice as many, as they tell little at first.
      size *= Math.min(2, Math.max(1.1, lacking));
      if (effective < leastEfficiency * drawn.length && opening < mostOpenings && made < mostEvaluations) {
        reopen(strata);
        return undefined;
      }
      const converged = effective >= effectiveSamples && sigma <= asked;
      state.fraction = 0.8 + 0.2 * Math.min(1, effective / effectiveSamples);
      if (converged || made >= mostEvaluations) {
        return {
          drawn: drawn.length,
          trace,
          samples: {
            values: drawn.map(({ share }) => valuesAt(share)),
            logLikelihoods: Float64Array.from(drawn, ({ logLikelihood }) => logLikelihood),
            weights,
          },
          logZ,
          sigma,
          effective,
          converged,
        };
      }
    }
  }

  /** What was to count shows the way up instead: from the likeliest points of all. */
  function reopen(strata: readonly (readonly Drawn[])[]): void {
    opening += 1;
    stuck = 0;
    strata.forEach((points, i) => {
      counts[i] += points.length;
    });
    all = [...all, ...strata.flat()];
    for (const point of all) {
      point.density = 0;
      regions.forEach((region, i) => {
        if (region.has(point.share)) point.density += counts[i] * Math.exp(-region.logVolume);
      });
    }
    const likely = all.toSorted((a, b) => b.logLikelihood - a.logLikelihood).slice(0, 2 * leastPerParameter * order);
    const points = likely.filter(({ logLikelihood }) => Number.isFinite(logLikelihood)).map(({ share }) => share);
    regions.push(regionAround(points, createRandom(`nested/${seed}/opening/${opening}`)));
  }
}

/** ln of L / S. */
function termOf({ logLikelihood, density }: Drawn): number {
  return logLikelihood - Math.log(density);
}

/**
 * The likeliest points of a region, down to a share of its volume. Points of one likelihood stay together: within, where
 * they do not make it much larger, or else outside.
 */
function likeliest(all: readonly Drawn[], region: Region, share: number): readonly Drawn[] {
  const inside = all.filter((point) => Number.isFinite(point.logLikelihood) && region.has(point.share));
  inside.sort((a, b) => b.logLikelihood - a.logLikelihood);
  const volume = share * Math.exp(region.logVolume);
  let sum = 0;
  let count = 0;
  while (sum < volume && count < inside.length) sum += 1 / inside[count++].density;
  if (count === 0) return [];
  const { logLikelihood } = inside[count - 1];
  while (count < inside.length && inside[count].logLikelihood === logLikelihood) sum += 1 / inside[count++].density;
  return sum < 2 * volume ? inside.slice(0, count) : inside.filter((point) => point.logLikelihood > logLikelihood);
}

/** How many of the points that count come from each region: as its shell's volume and the mean square of L in it ask for. */
function allotted(all: readonly Drawn[], regions: readonly Region[]): readonly number[] {
  const highest = all.reduce((most, { logLikelihood }) => Math.max(most, logLikelihood), Number.NEGATIVE_INFINITY);
  const volumes = regions.map(() => 0);
  const squares = regions.map(() => 0);
  for (const { share, logLikelihood, density } of all) {
    let shell = regions.length - 1;
    while (!regions[shell].has(share)) shell -= 1;
    volumes[shell] += 1 / density;
    squares[shell] += Math.exp(2 * (logLikelihood - highest)) / density;
  }
  const raw = volumes.map((volume, i) => Math.sqrt(volume * squares[i]));
  const total = raw.reduce((sum, each) => sum + each, 0);
  const allotted = raw.map((each) => leastShare + each / total);
  // What a region has missed of its shell is found from the one around it.
  for (let i = allotted.length - 2; i >= 0; i--) allotted[i] = Math.max(allotted[i], allotted[i + 1] / 3);
  return allotted;
}

/** The standard deviation of ln Z: scatter of the terms within each region, and errors of the volumes. */
function errorOf(
  strata: readonly (readonly Counted[])[],
  regions: readonly Region[],
  densities: readonly number[],
  logZ: number,
): number {
  let variance = 0;
  /** By how much ln Z falls for a relative rise of each volume. */
  const leaning = regions.map(() => 0);
  for (const points of strata) {
    let [sum, squares] = [0, 0];
    for (const point of points) {
      const term = Math.exp(termOf(point) - logZ);
      sum += term;
      squares += term * term;
      point.inside.forEach((isInside, i) => {
        if (isInside) leaning[i] += (term * densities[i]) / point.density;
      });
    }
    const count = points.length;
    if (count > 1) variance += ((squares - (sum * sum) / count) * count) / (count - 1);
    else variance += squares;
  }
  regions.forEach(({ volumeVariance }, i) => {
    variance += leaning[i] ** 2 * volumeVariance;
  });
  return Math.sqrt(variance);
}
