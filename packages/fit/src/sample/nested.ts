import { createRandom } from '@wtilde/data';
import { checkObjective, nothingFound } from '../checks.js';
import { logSumExp } from '../numbers/logSum.js';
import type { Evaluation, Objective } from '../objective.js';
import { conductorOf, type RunOptions, type Search } from '../optimise/search.js';
import { allotmentOf, type Drawn, termOf } from './allotment.js';
import { type Likeliest, likeliest } from './likeliest.js';
import { type Counted, toldBy } from './logZ.js';
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

/** Regions are not made around fewer points, for every parameter. */
const leastPerParameter = 5;
/** As many regions that are not smaller than the one before are the last. */
const mostStuck = 10;
/** The last region is the one within which this share of the evidence lies above the next likelihood ... */
const lastShare = 0.1;
/** ... or half of it, and going on costs more than it can spare: this part of what would be spared was spent for nothing. */
const patience = 0.5;
/** After as many of these, the next region is around the very likeliest points: what lies between is left to those there are. */
const mostCrowdedRegions = 3;
/** Before points are worth as many samples they do not tell what the rest will cost. */
const tellingSamples = 100;
/** As many points a sample cost where regions are as good as they get. */
const leastPrice = 1.2;
/** Points are drawn for this much more than they seem to cost. */
const margin = 1.15;
/** Where samples cost this many times what the way up foretold, it has missed something ... */
const mostDearer = 4;
/** ... and is gone on with, as often. */
const mostOpenings = 10;
/** Requests for more points of one region, until there are enough for its parts. */
const mostRequests = 4;
/** Where regions stay as large as they are, more points are drawn, up to as many times as many. */
const mostCrowded = 8;
/** Contours that were right made ln of the volume smaller by this much. */
const tellingShrinkage = 1;
/** Points of one request: many enough for many workers, few enough to lose. */
const batch = 50;

/** The next region holds this share of the volume above a likelihood that the last one holds. */
function shrinkOf(order: number, areContours: boolean): number {
  return 1 / (3 + order) / (areContours ? 2 : 1);
}

/** Points above that likelihood for each part of the next region. */
function enoughPerPart(order: number, areContours: boolean): number {
  return areContours ? 5 + 2 * order : 30 + 5 * order;
}

/**
 * The evidence of an objective and samples of its posterior, by importance nested sampling. First regions, each a union of
 * ellipsoids around the likeliest points so far, are laid around ever higher likelihoods, until more of them would cost more
 * than they spare. Then, with these regions fixed, points are drawn anew from all of them, from each as many as makes the
 * evidence scatter the least, and count with the density of the mixture,
 *
 *     Z = sum over points of L(x) / S(x),    S(x) = sum over regions that hold x of (points drawn from it / its volume)
 *
 * so that the estimate is unbiased whatever the regions are (the points of the first part made these, and do not count;
 * compare Nautilus, Lange 2023, arXiv:2306.16923, with `discard_exploration`), and its error is the scatter of the
 * terms, region by region, with the error of the volumes. What that scatter cannot tell is what regions have lost of the
 * likelihood before it was seen to be high; ellipsoids are as large as points left out of them ask for.
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

  /** Points that it takes where a sample costs this many. */
  const costOf = (price: number) => margin * Math.max(price * effectiveSamples, (price - 1) / asked ** 2);

  // Up to the maximum.
  const regions: Region[] = [wholeCube(order)];
  const counts: number[] = [];
  const trace: { readonly evaluations: number; readonly logZ: number }[] = [];
  let all: Drawn[] = [];
  let stuck = 0;
  let crowd = 1;
  let opening = 0;
  let cheapest = { total: Number.POSITIVE_INFINITY, made: 0 };
  for (;;) {
    const at = regions.length - 1;
    const shrunk = at === 0 ? Number.POSITIVE_INFINITY : regions[at - 1].logVolume - regions[at].logVolume;
    stuck = shrunk < 0.05 ? stuck + 1 : 0;
    if (shrunk < 0.05) crowd = Math.min(mostCrowded, crowd * 1.5);
    else if (shrunk > 0.3) crowd = Math.max(1, crowd / 1.5);
    const { next, inside, logZ } = yield* explored(
      regions[at],
      at,
      regions[at].areContours && shrunk > tellingShrinkage,
    );
    trace.push({ evaluations: made, logZ });
    if (next === undefined || stuck >= mostStuck || made >= mostEvaluations || isEnough(inside, logZ)) {
      const found = yield* counted();
      if (found !== undefined) return found;
      continue;
    }
    regions.push(stuck < mostCrowdedRegions ? next : around(topOf(all), `top/${at}`, regions[at]));
    state.fraction = 0.8 * (1 - inside);
  }

  /** Points of a region, and the next one around the likeliest: none where almost nothing of the evidence lies within. */
  function* explored(region: Region, at: number, areContours: boolean) {
    counts[at] = 0;
    const parts = Math.max(1, region.ellipsoids.length);
    let wanted = Math.ceil(
      Math.max(
        live * (at === 0 ? 2 : crowd),
        (enoughPerPart(order, areContours) * parts) / shrinkOf(order, areContours),
      ),
    );
    for (let request = 1; ; request++) {
      const fresh = yield* evaluated(region, wanted, `nested/${seed}/region/${at}/${counts[at]}`);
      counts[at] += fresh.length;
      for (const point of all) if (region.has(point.share)) point.density += fresh.length * Math.exp(-region.logVolume);
      for (const point of fresh) point.density = densityAt(point.share);
      all = [...all, ...fresh];
      const logZ = logSumExp(all.map(termOf));
      const likely = likeliest(all, shrinkOf(order, areContours) * Math.exp(region.logVolume));
      const { above } = likely;
      // Before anything has a likelihood, everything may be above.
      const inside = Number.isFinite(logZ) ? Math.exp(logSumExp(above.map(termOf)) - logZ) : 1;
      const last = inside < lastShare || made >= mostEvaluations;
      if (last && !Number.isFinite(logZ)) throw nothingFound('sampleNested', made);
      if (last) return { next: undefined, inside, logZ };
      wanted = live;
      if (above.length < (areContours ? 2 : leastPerParameter) * order) continue;
      const next = around(likely, `volume/${at}`, region);
      const enough = enoughPerPart(order, areContours && next.areContours) * next.ellipsoids.length;
      if (above.length >= 0.75 * enough || request >= mostRequests) return { next, inside, logZ };
      // Of many maxima none may be left without a point.
      wanted = Math.max(live, Math.ceil(counts[at] * Math.min(1, enough / above.length - 1)));
    }
  }

  /** Whether points that count are to be drawn, as more regions would cost more than they spare. */
  function isEnough(inside: number, logZ: number): boolean {
    if (inside >= 0.5) return false;
    const effective = 1 / all.reduce((sum, point) => sum + Math.exp(2 * (termOf(point) - logZ)), 0);
    if (effective < tellingSamples) return false;
    const cost = costOf(allotmentOf(all, regions).price);
    if (made + cost < cheapest.total) cheapest = { total: made + cost, made };
    const spared = cheapest.total - cheapest.made - costOf(leastPrice);
    return cost - costOf(leastPrice) < live || made - cheapest.made >= patience * spared;
  }

  function densityAt(share: Float64Array): number {
    return regions.reduce(
      (sum, { has, logVolume }, i) => (has(share) ? sum + counts[i] * Math.exp(-logVolume) : sum),
      0,
    );
  }

  function around({ above, beyond }: Likeliest, name: string, before: Region): Region {
    return regionAround(above, beyond, createRandom(`nested/${seed}/${name}`), before);
  }

  /** The likeliest of all, of which there are just enough to lay a region around. */
  function topOf(points: readonly Drawn[]): Likeliest {
    const count = 2 * leastPerParameter * order;
    const sorted = points.toSorted((a, b) => b.logLikelihood - a.logLikelihood).slice(0, count);
    return { above: sorted.map((point, i) => ({ ...point, volume: (i + 0.5) / count })), beyond: [] };
  }

  /** Points that count; none where they show that the way up has missed what there is. */
  function* counted(): Search<Found | undefined> {
    const { shares, price } = allotmentOf(all, regions);
    const strata: Counted[][] = regions.map(() => []);
    const most = Math.max(live, mostEvaluations - made);
    let size = Math.max(live, costOf(price));
    for (let round = 0; ; round++) {
      for (const [i, region] of regions.entries()) {
        const wanted = Math.ceil(shares[i] * Math.min(size, most)) - strata[i].length;
        const fresh = yield* evaluated(region, wanted, `nested/${seed}/final/${opening}/${i}/${round}`);
        for (const point of fresh) strata[i].push({ ...point, inside: regions.map(({ has }) => has(point.share)) });
      }
      const { logZ, sigma, effective, weights } = toldBy(strata, regions);
      const drawn = strata.flat();
      if (effective * price * mostDearer < drawn.length && opening < mostOpenings && made < mostEvaluations) {
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
      // As many more as it takes, as far as these tell.
      size *= Math.min(2, Math.max(1.1, effectiveSamples / effective, (sigma / asked) ** 2));
    }
  }

  /** What was to count shows the way up instead: around the likeliest of all points, and from the very likeliest. */
  function reopen(strata: readonly (readonly Drawn[])[]): void {
    opening += 1;
    stuck = 0;
    cheapest = { total: Number.POSITIVE_INFINITY, made };
    strata.forEach((points, i) => {
      counts[i] += points.length;
    });
    all = [...all, ...strata.flat()];
    for (const point of all) point.density = densityAt(point.share);
    const last = regions[regions.length - 1];
    const likely = likeliest(all, Math.exp(last.logVolume));
    counts[regions.length] = 0;
    regions.push(around(likely, `opening/${opening}/wide`, last));
    regions.push(around(topOf(likely.above), `opening/${opening}/top`, last));
  }
}
