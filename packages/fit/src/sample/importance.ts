import { createRandom } from '@wtilde/data';
import { checkObjective, checkValues, nothingFound } from '../checks.js';
import { logSumExp } from '../numbers/logSum.js';
import type { Objective, ObjectiveParameter } from '../objective.js';
import { landscapeOf } from '../optimise/landscape.js';
import type { Fit } from '../optimise/optimise.js';
import { conductorOf, type RunOptions, type Search } from '../optimise/search.js';
import { drawFrom, logDensitiesOf, type Mixture, mixtureOf } from './mixture.js';
import { mixtureOfFit } from './mixtureOfFit.js';
import type { Posterior } from './posterior.js';
import { tailShapeOf } from './tail.js';

export interface ImportanceOptions extends RunOptions {
  /** The same gives the same samples. Default 1. */
  readonly seed?: number | undefined;
  /** Effective samples that are asked for. Default 1000. */
  readonly effectiveSamples?: number | undefined;
  /** The error of the log evidence that is asked for. Default 0.04. */
  readonly sigma?: number | undefined;
  /** Ends there, with what there is. Default 100,000. */
  readonly mostEvaluations?: number | undefined;
}

/** Points of a round in which the mixture is learned. */
const lesson = 500;
/** As many lessons that spare less than they cost are the last. */
const idleLessons = 2;
/** For the progress. */
const usualLessons = 8;
/** Points that count which are worth so much less than in the lessons have seen something else ... */
const disappointing = 0.6;
/** ... and become lessons, as often. */
const mostOpenings = 5;
/** Points of less weight are not learned from. */
const negligible = 1e-9;
/** Components, at most, and effective points for each of them and parameter. */
const [mostComponents, pointsPerComponent] = [8, 4];
/** Of the points that count, this share comes from what was known before: the errors of the fit ... */
const cautious = 0.1;
/** ... and as many times these: for what the lessons have not seen. */
const widened = 3;
/** Points are drawn for this much more than they seem to cost. */
const margin = 1.15;
/** Tails above tell too little of themselves. */
const heaviest = 0.7;
/** Points of one request: many enough for many workers, few enough to lose. */
const batch = 50;

/** A point that was drawn, in the coordinates of the prior. */
interface Drawn {
  readonly x: Float64Array;
  /** ln of likelihood and prior, by the coordinates. */
  readonly target: number;
  readonly logLikelihood: number;
}

/**
 * The posterior around the maxima of a fit, and its evidence, by adaptive importance sampling. A mixture of Student
 * distributions, at first with the errors of the fit, learns the posterior from weighed points drawn from it, until more
 * lessons would cost more than they spare (adaptive multiple importance sampling: Cornuet, Marin, Mira & Robert 2012;
 * mixtures: Cappe, Douc, Guillin, Marin & Robert 2008). Then, with this mixture q fixed, points are drawn anew, and
 *
 *     Z = mean of w,    w(x) = L(x) prior(x) / q(x)
 *
 * so that the estimate is unbiased (points of the lessons do not count) and its error is the scatter of the weights. That of
 * weights with too heavy a tail is not to be trusted; then it has not converged, and says so.
 *
 * Knows no maxima but those of the fit. Needs no gradients, and few evaluations: some 5000 for 8 parameters. Meant for up
 * to some 15 parameters, and posteriors that are not too unlike a sum of bells; `sampleNested` for others.
 *
 * @throws InvalidValue for a fit of other parameters; NumericalFailure where no point has a likelihood; Aborted, and what the objective throws.
 */
export async function sampleImportance(
  objective: Objective,
  fit: Fit,
  options: ImportanceOptions = {},
): Promise<Posterior> {
  checkObjective(objective, 'sampleImportance');
  checkValues(fit.values, objective.parameters, 'sampleImportance fit');
  const conductor = conductorOf(objective, options, 'sampleImportance');
  const state = { fraction: 0 };
  const [found] = await conductor.run([search(objective.parameters, fit, options, state)], () => state.fraction);
  const { evaluations, failures } = conductor.progress;
  return { ...found, evaluations, failures, paths: objective.parameters.map(({ path }) => path) };
}

type Found = Omit<Posterior, 'evaluations' | 'failures' | 'paths'>;

function* search(
  parameters: readonly ObjectiveParameter[],
  fit: Fit,
  { seed = 1, effectiveSamples = 1000, sigma: asked = 0.04, mostEvaluations = 100_000 }: ImportanceOptions,
  state: { fraction: number },
): Search<Found> {
  const landscape = landscapeOf(parameters);
  let made = 0;

  /** Points of a mixture; those outside the prior cost nothing. */
  function* drawn(mixture: Mixture, count: number, stream: string): Search<readonly Drawn[]> {
    const points: Drawn[] = [];
    for (let from = 0; from < count; from += batch) {
      const random = createRandom(`importance/${seed}/${stream}/${from}`);
      const xs = Array.from({ length: Math.min(batch, count - from) }, () => drawFrom(mixture, random));
      const values = xs.map(landscape.valuesAt);
      const priors = xs.map((x, i) => logPriorAt(x, values[i]));
      const inside = values.filter((_, i) => priors[i] > Number.NEGATIVE_INFINITY);
      const answers = (yield { points: inside, gradient: false }).values();
      made += inside.length;
      xs.forEach((x, i) => {
        const answer = priors[i] > Number.NEGATIVE_INFINITY ? answers.next() : undefined;
        const logLikelihood = answer?.value?.logLikelihood ?? Number.NEGATIVE_INFINITY;
        points.push({ x, logLikelihood, target: logLikelihood + priors[i] });
      });
    }
    return points;
  }

  /** ln of the density of the prior by the coordinates. */
  function logPriorAt(x: Float64Array, values: Float64Array): number {
    const isInside = x.every((each, i) => each >= landscape.low[i] && each <= landscape.high[i]);
    if (!isInside) return Number.NEGATIVE_INFINITY;
    return landscape
      .scalesAt(x)
      .reduce((sum, slope, i) => sum + parameters[i].prior.logDensity(values[i]) + Math.log(slope), 0);
  }

  /** Points that a mixture of which a point is worth so many samples will take. */
  const costOf = (worth: number) => margin * Math.max(effectiveSamples / worth, (1 / worth - 1) / asked ** 2);

  const trace: { readonly evaluations: number; readonly logZ: number }[] = [];
  const first = mixtureOfFit(fit, landscape);
  let all: readonly Drawn[] = [];
  const lessons: Lesson[] = [];

  function see(points: readonly Drawn[], mixture: Mixture): void {
    for (const each of lessons) each.densities = [...each.densities, ...logDensitiesAt(points, each.mixture)];
    all = [...all, ...points];
    lessons.push({ mixture, count: points.length, densities: logDensitiesAt(all, mixture) });
  }

  /** A mixture that is learned from all points so far, as drawn from the mixture of all mixtures. */
  function learnedFrom(at: number): Mixture | undefined {
    const total = all.length;
    const shares = lessons.map(({ count }) => Math.log(count / total));
    const logs = all.map(
      ({ target }, i) => target - logSumExp(lessons.map(({ densities }, which) => densities[i] + shares[which])),
    );
    const logZ = logSumExp(logs);
    trace.push({ evaluations: made, logZ: logZ - Math.log(total) });
    const effective = effectiveOf(logs);
    if (effective < landscape.order + 2) return undefined;
    const weighed = all.flatMap(({ x }, i) => {
      const weight = Math.exp(logs[i] - logZ);
      return weight > negligible ? [{ x, weight }] : [];
    });
    const components = Math.min(mostComponents, Math.floor(effective / (pointsPerComponent * landscape.order)));
    return mixtureOf(weighed, effective, components, createRandom(`importance/${seed}/mixture/${at}`));
  }

  /** Lessons, until more of them would cost more than they spare; the best mixture, and what one of its points is worth. */
  function* learned(from: Mixture): Search<{ readonly mixture: Mixture; readonly worth: number }> {
    let mixture = from;
    let best = { mixture, worth: 1 / lesson };
    for (let idle = 0; ; ) {
      const at = lessons.length;
      const fresh = yield* drawn(mixture, lesson, `lesson/${at}`);
      const worth = effectiveOf(logWeightsOf(fresh, mixture)) / lesson;
      idle = costOf(best.worth) - costOf(worth) > lesson ? 0 : idle + 1;
      if (worth > best.worth) best = { mixture, worth };
      see(fresh, mixture);
      const next = learnedFrom(at);
      state.fraction = 0.5 * Math.min(1, (at + 1) / usualLessons);
      if (idle >= idleLessons || made >= mostEvaluations) return best;
      mixture = next ?? mixture;
    }
  }

  let start = first;
  for (let opening = 0; ; opening++) {
    const { mixture: best, worth } = yield* learned(start);
    const mixture = [
      ...best.map((each) => ({ ...each, share: (1 - cautious) * each.share })),
      ...[1, widened].flatMap((times) =>
        first.map((each) => ({
          share: (cautious / 2) * each.share,
          centre: each.centre,
          factor: each.factor.map((one) => times * one),
        })),
      ),
    ];
    let points: readonly Drawn[] = [];
    let size = Math.min(2 * lesson, Math.ceil(costOf(worth)));
    for (let round = 0; ; round++) {
      const room = Math.max(batch, mostEvaluations - made);
      const fresh = yield* drawn(mixture, Math.min(room, size - points.length), `final/${opening}/${round}`);
      points = [...points, ...fresh];
      const logs = logWeightsOf(points, mixture);
      const logSum = logSumExp(logs);
      if (!Number.isFinite(logSum)) throw nothingFound('sampleImportance', made);
      const effective = effectiveOf(logs);
      const weights = Float64Array.from(logs, (each) => Math.exp(each - logSum));
      const logZ = { value: logSum - Math.log(points.length), sigma: errorOf(weights) };
      const isEnough = effective >= effectiveSamples && logZ.sigma <= asked;
      state.fraction = 0.5 + 0.5 * Math.min(1, effective / effectiveSamples);
      if (isEnough || made >= mostEvaluations) {
        trace.push({ evaluations: made, logZ: logZ.value });
        return foundFrom(points, { weights, effective, logZ, isEnough, bells: mixture.length });
      }
      if (effective < points.length * worth * disappointing && opening < mostOpenings) {
        // They have seen what the lessons have missed: another lesson.
        see(points, mixture);
        start = learnedFrom(lessons.length) ?? best;
        break;
      }
      // As many more as it takes, as far as these tell.
      size = Math.ceil(
        points.length * Math.min(2, Math.max(1.1, effectiveSamples / effective, (logZ.sigma / asked) ** 2)),
      );
    }
  }

  function foundFrom(points: readonly Drawn[], told: Told): Found {
    const { weights, effective, logZ, isEnough, bells } = told;
    const tail = tailShapeOf(weights);
    const maxima = first.length === 1 ? 'the maximum' : `${first.length} maxima`;
    return {
      converged: isEnough && tail < heaviest,
      statement:
        `${points.length} points from ${bells} bells around ${maxima} are worth ${Math.floor(effective)} samples` +
        (isEnough ? '' : ', fewer than were asked for') +
        (tail < heaviest ? '' : `; the tail of their weights is heavy, of a shape of ${tail.toFixed(2)}`),
      logZ,
      effectiveSamples: effective,
      trace,
      values: points.map(({ x }) => landscape.valuesAt(x)),
      logLikelihoods: Float64Array.from(points, ({ logLikelihood }) => logLikelihood),
      weights,
    };
  }
}

/** A mixture that points were drawn from, and what is remembered of it. */
interface Lesson {
  readonly mixture: Mixture;
  /** Points that were drawn from it. */
  readonly count: number;
  /** ln of its density at all points so far, whoever they were drawn from. */
  densities: readonly number[];
}

function logDensitiesAt(points: readonly Drawn[], mixture: Mixture): readonly number[] {
  return [
    ...logDensitiesOf(
      mixture,
      points.map(({ x }) => x),
    ),
  ];
}

/** ln of the weights of points as drawn from a mixture. */
function logWeightsOf(points: readonly Drawn[], mixture: Mixture): readonly number[] {
  const densities = logDensitiesAt(points, mixture);
  return points.map(({ target }, i) => target - densities[i]);
}

/** What points that count tell. */
interface Told {
  readonly weights: Float64Array;
  readonly effective: number;
  readonly logZ: { readonly value: number; readonly sigma: number };
  readonly isEnough: boolean;
  readonly bells: number;
}

/** As many samples points with these ln of weights are worth; 0 where none has one. */
function effectiveOf(logs: readonly number[]): number {
  const sum = logSumExp(logs);
  return Number.isFinite(sum) ? 1 / logs.reduce((squares, each) => squares + Math.exp(2 * (each - sum)), 0) : 0;
}

/** The standard deviation of ln of a mean, from weights that add up to 1. The largest counts once more. */
function errorOf(weights: Float64Array): number {
  const count = weights.length;
  let [squares, largest] = [0, 0];
  for (const each of weights) {
    squares += (each - 1 / count) ** 2;
    largest = Math.max(largest, each);
  }
  return Math.sqrt((squares * count) / Math.max(1, count - 1) + largest ** 2);
}
