import { createRandom, type Random } from '@wtilde/data';
import { checkObjective, checkValues } from '../checks.js';
import { cholesky, dot, identity, inverse, solveUpper, times } from '../numbers/matrix.js';
import type { Objective, ObjectiveParameter } from '../objective.js';
import type { Fit } from '../optimise/optimise.js';
import { conductorOf, type RunOptions, type Search } from '../optimise/search.js';
import { effectiveSamplesOf, splitRHatOf } from './diagnostics.js';
import type { Posterior } from './posterior.js';

export interface NutsOptions extends RunOptions {
  /** The same gives the same samples. Default 1. */
  readonly seed?: number | undefined;
  /** Chains side by side. Default 4. */
  readonly chains?: number | undefined;
  /** Samples of each chain that count. Default 250. */
  readonly samples?: number | undefined;
  /** Steps of each chain before, in which metric and step size are found. Default 100. */
  readonly warmup?: number | undefined;
  /** Trajectories have up to 2 to this power steps. Default 7. */
  readonly mostDoublings?: number | undefined;
}

/** A place of a chain: y, the logit of the share below each value, and the log density by it. */
interface Point {
  readonly y: Float64Array;
  readonly logDensity: number;
  readonly slope: Float64Array;
  readonly logLikelihood: number;
  readonly values: Float64Array;
}

/** The acceptance that step sizes aim at. */
const target = 0.8;
/** A trajectory whose energy is off by more has left where the steps hold. */
const divergent = 1000;

/**
 * Samples of a posterior by its gradient: the No-U-Turn sampler (Hoffman & Gelman 2014) with multinomial sampling along
 * trajectories (Betancourt 2017), a dense metric from the curvature at the maximum that is renewed half-way through the
 * warmup, and steps sized by dual averaging. It moves in the logits of the prior's shares, in which nothing has an edge.
 *
 * @param fit the maximum, where every chain starts within its errors
 * @throws InvalidOption where the objective has no gradient or the fit no errors; Aborted, and what the objective throws.
 */
export async function sampleNuts(objective: Objective, fit: Fit, options: NutsOptions = {}): Promise<Posterior> {
  checkObjective(objective, 'sampleNuts');
  const { parameters } = objective;
  const { seed = 1, chains = 4, samples = 250, warmup = 100, mostDoublings = 7 } = options;
  const values = checkValues(fit.values, parameters, 'sampleNuts fit');
  const covariance = metricFrom(parameters, fit);
  const conductor = conductorOf(objective, options, 'sampleNuts');
  const state = { done: 0 };
  const found = await conductor.run(
    Array.from({ length: chains }, (_, at) =>
      chain(parameters, values, covariance, {
        random: createRandom(`nuts/${seed}/chain/${at}`),
        samples,
        warmup,
        mostDoublings,
        state,
      }),
    ),
    () => state.done / (chains * (samples + warmup)),
  );
  const perParameter = parameters.map((_, i) => found.map((each) => each.points.map(({ values: own }) => own[i])));
  const effective = Math.min(...perParameter.map(effectiveSamplesOf));
  const splitRHat = Math.max(...perParameter.map(splitRHatOf));
  const divergences = found.reduce((sum, each) => sum + each.divergences, 0);
  const points = found.flatMap((each) => each.points);
  const converged = splitRHat < 1.01 + 0.5 / Math.sqrt(samples) && divergences < points.length / 50;
  return {
    converged,
    statement:
      `${chains} chains of ${samples} samples agree to a split R-hat of ${splitRHat.toFixed(3)}` +
      (divergences > 0 ? `, ${divergences} trajectories diverged` : ''),
    effectiveSamples: effective,
    splitRHat,
    evaluations: conductor.progress.evaluations,
    failures: conductor.progress.failures,
    trace: [],
    paths: parameters.map(({ path }) => path),
    values: points.map(({ values: own }) => own),
    logLikelihoods: Float64Array.from(points, ({ logLikelihood }) => logLikelihood),
    weights: new Float64Array(points.length).fill(1 / points.length),
  };
}

/** In y a prior has a variance about 1: an error that is wider, as of a maximum beside an edge, is none. */
const widest = 4;

/** The covariance in y, from that of the values; of what the fit knows no error of, one of the prior. */
function metricFrom(parameters: readonly ObjectiveParameter[], { covariance, values }: Fit): Float64Array {
  const order = parameters.length;
  const metric = identity(order);
  if (covariance === undefined) return metric;
  const slopes = parameters.map(({ prior }, i) => {
    const share = inside(prior.shareBelow(values[i]));
    return 1 / (prior.slopeAt(share) * share * (1 - share));
  });
  const known = slopes.map((slope, i) => {
    const variance = covariance[i * order + i] * slope * slope;
    return variance > 0 && variance <= widest;
  });
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      if (known[i] && known[j]) metric[i * order + j] = covariance[i * order + j] * slopes[i] * slopes[j];
    }
  }
  return cholesky(metric, order) === undefined ? identity(order, 1e-4) : metric;
}

const inside = (share: number) => Math.min(1 - 1e-9, Math.max(1e-9, share));

interface ChainOptions {
  readonly random: Random;
  readonly samples: number;
  readonly warmup: number;
  readonly mostDoublings: number;
  readonly state: { done: number };
}

interface Chain {
  readonly points: readonly Point[];
  readonly divergences: number;
}

function* chain(
  parameters: readonly ObjectiveParameter[],
  values: Float64Array,
  covariance: Float64Array,
  { random, samples, warmup, mostDoublings, state }: ChainOptions,
): Search<Chain> {
  const order = parameters.length;
  const shares = (y: Float64Array) => y.map((each) => inside(1 / (1 + Math.exp(-each))));
  function* pointAt(y: Float64Array): Search<Point> {
    const share = shares(y);
    const own = share.map((each, i) => parameters[i].prior.valueAt(each));
    const [{ logLikelihood, gradient }] = yield { points: [own], gradient: true };
    let logDensity = logLikelihood;
    const slope = new Float64Array(order);
    for (let i = 0; i < order; i++) {
      const wide = share[i] * (1 - share[i]);
      logDensity += Math.log(wide);
      slope[i] = (gradient?.[i] ?? 0) * parameters[i].prior.slopeAt(share[i]) * wide + 1 - 2 * share[i];
    }
    return { y, logDensity, slope, logLikelihood, values: own };
  }

  let metric = covariance;
  let root = cholesky(inverse(cholesky(metric, order) ?? identity(order), order), order) ?? identity(order);
  const middle = values.map((value, i) => {
    const share = inside(parameters[i].prior.shareBelow(value));
    return Math.log(share / (1 - share));
  });
  let here = yield* pointAt(middle);
  // A little away from the maximum, so that chains which agree had to find each other.
  const spread = momentum(root, order, random, true);
  const away = yield* pointAt(middle.map((each, i) => each + spread[i]));
  if (here.logDensity - away.logDensity < 20 + 2 * order) here = away;

  let step = 1 / order ** 0.25;
  let averaging = { log: Math.log(step), mean: Math.log(10 * step), error: 0, count: 0 };
  const points: Point[] = [];
  let past: Float64Array[] = [];
  let divergences = 0;
  for (let at = 0; at < warmup + samples; at++) {
    const trajectory = yield* grow(here, { metric, root, step, random, mostDoublings, pointAt });
    here = trajectory.point;
    state.done += 1;
    if (at >= warmup) {
      points.push(here);
      divergences += trajectory.diverged ? 1 : 0;
      continue;
    }
    past.push(here.y);
    const count = averaging.count + 1;
    const error = averaging.error + (target - trajectory.acceptance - averaging.error) / (count + 10);
    const log = averaging.mean - (Math.sqrt(count) / 0.05) * error;
    const weight = count ** -0.75;
    averaging = { ...averaging, count, error, log: weight * log + (1 - weight) * averaging.log };
    step = at === warmup - 1 ? Math.exp(averaging.log) : Math.exp(log);
    if (at === Math.floor(warmup * 0.6) && past.length > 2 * order) {
      metric = blended(past.slice(Math.floor(past.length / 3)), metric, order);
      root = cholesky(inverse(cholesky(metric, order) ?? identity(order), order), order) ?? identity(order);
      past = [];
      averaging = { log: Math.log(step), mean: Math.log(2 * step), error: 0, count: 0 };
    }
  }
  return { points, divergences };
}

/** p of N(0, inverse metric), or where `along` is set a step of N(0, metric). */
function momentum(root: Float64Array, order: number, random: Random, along = false): Float64Array {
  const normal = Float64Array.from({ length: order }, () => random.normal());
  if (along) return solveUpper(root, normal, order);
  const p = new Float64Array(order);
  for (let i = 0; i < order; i++) for (let k = 0; k <= i; k++) p[i] += root[i * order + k] * normal[k];
  return p;
}

/** The covariance of a chain's past, held together by that of before. */
function blended(past: readonly Float64Array[], before: Float64Array, order: number): Float64Array {
  const count = past.length;
  const weight = count / (count + 5 * order);
  const mean = new Float64Array(order);
  for (const y of past) for (let i = 0; i < order; i++) mean[i] += y[i] / count;
  const result = before.map((each) => each * (1 - weight));
  for (const y of past) {
    for (let i = 0; i < order; i++) {
      for (let j = 0; j < order; j++) result[i * order + j] += (weight * (y[i] - mean[i]) * (y[j] - mean[j])) / count;
    }
  }
  return cholesky(result, order) === undefined ? before : result;
}

interface Walk {
  readonly metric: Float64Array;
  readonly root: Float64Array;
  readonly step: number;
  readonly random: Random;
  readonly mostDoublings: number;
  pointAt(y: Float64Array): Search<Point>;
}

interface End {
  readonly point: Point;
  readonly p: Float64Array;
}

/** A part of a trajectory. */
interface Tree {
  readonly first: End;
  readonly last: End;
  readonly point: Point;
  readonly logWeight: number;
  readonly going: boolean;
  readonly acceptance: number;
  readonly count: number;
  readonly diverged: boolean;
  /** The sum of momenta, by which a turn is recognised. */
  readonly sum: Float64Array;
}

function* grow(here: Point, walk: Walk): Search<{ point: Point; acceptance: number; diverged: boolean }> {
  const { metric, root, random, mostDoublings } = walk;
  const order = here.y.length;
  const p = momentum(root, order, random);
  const energy = -here.logDensity + dot(p, times(metric, p, order)) / 2;
  const start: End = { point: here, p };
  let tree: Tree = {
    first: start,
    last: start,
    point: here,
    logWeight: 0,
    going: true,
    acceptance: 0,
    count: 0,
    diverged: false,
    sum: p,
  };
  for (let depth = 0; depth < mostDoublings && tree.going; depth++) {
    const forward = random.uniform() < 0.5;
    const added = yield* branch(forward ? tree.last : tree.first, forward, depth, energy, walk);
    const taken = added.going && Math.log(random.uniform()) < added.logWeight - tree.logWeight;
    tree = joinedTrees(tree, added, forward, metric, taken ? added.point : tree.point);
  }
  return { point: tree.point, acceptance: tree.acceptance / Math.max(1, tree.count), diverged: tree.diverged };
}

function* branch(from: End, forward: boolean, depth: number, energy: number, walk: Walk): Search<Tree> {
  if (depth === 0) return yield* leap(from, forward, energy, walk);
  const near = yield* branch(from, forward, depth - 1, energy, walk);
  if (!near.going) return near;
  const far = yield* branch(forward ? near.last : near.first, forward, depth - 1, energy, walk);
  const total = logAdd(near.logWeight, far.logWeight);
  const taken = Math.log(walk.random.uniform()) < far.logWeight - total;
  return joinedTrees(near, far, forward, walk.metric, taken ? far.point : near.point);
}

/** One leapfrog step. */
function* leap({ point, p }: End, forward: boolean, energy: number, { metric, step, pointAt }: Walk): Search<Tree> {
  const order = p.length;
  const size = forward ? step : -step;
  const half = p.map((each, i) => each + (size / 2) * point.slope[i]);
  const velocity = times(metric, half, order);
  const next = yield* pointAt(point.y.map((each, i) => each + size * velocity[i]));
  const after = half.map((each, i) => each + (size / 2) * next.slope[i]);
  const off = energy - (-next.logDensity + dot(after, times(metric, after, order)) / 2);
  const logWeight = Number.isNaN(off) ? Number.NEGATIVE_INFINITY : off;
  const end: End = { point: next, p: after };
  const diverged = !(logWeight > -divergent);
  return {
    first: end,
    last: end,
    point: next,
    logWeight,
    going: !diverged,
    acceptance: Math.min(1, Math.exp(logWeight)),
    count: 1,
    diverged,
    sum: after,
  };
}

function joinedTrees(tree: Tree, added: Tree, forward: boolean, metric: Float64Array, point: Point): Tree {
  const [first, last] = forward ? [tree.first, added.last] : [added.first, tree.last];
  const sum = tree.sum.map((each, i) => each + added.sum[i]);
  const velocity = times(metric, sum, sum.length);
  const turns = dot(first.p, velocity) <= 0 || dot(last.p, velocity) <= 0;
  return {
    first,
    last,
    point,
    logWeight: logAdd(tree.logWeight, added.logWeight),
    going: added.going && !turns,
    acceptance: tree.acceptance + added.acceptance,
    count: tree.count + added.count,
    diverged: tree.diverged || added.diverged,
    sum,
  };
}

function logAdd(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === Number.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
}
