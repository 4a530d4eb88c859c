import { checkObjective, checkValues, nothingFound } from '../checks.js';
import type { Evaluation, Objective, ObjectiveParameter } from '../objective.js';
import type { Parabola } from './hill.js';
import { type Ladder, ladderFor } from './ladder.js';
import { type Landscape, landscapeOf, type Place } from './landscape.js';
import { type Conductor, conductorOf, type Request, type RunOptions, type Search } from './search.js';
import { type End, goDown } from './stages.js';
import { bestOf, guessesFrom } from './starts.js';

export interface OptimiseOptions extends RunOptions {
  /** The same gives the same fit. Default 1. */
  readonly seed?: number | undefined;
  /** Descents side by side. Default 8. */
  readonly starts?: number | undefined;
  /** Guesses drawn from the prior, of which the best are starts. Default 8 for each start. */
  readonly guesses?: number | undefined;
  /** Where to start instead: values of all parameters. The maximum is at least as high as the best of them. */
  readonly from?: readonly ArrayLike<number>[] | undefined;
  /** Ends where another step is expected to gain less log posterior than this. Default 0.003. */
  readonly tolerance?: number | undefined;
  /** The most value-and-gradient pairs of one descent. Default 200; without gradients, 200 values for every parameter. */
  readonly mostPairs?: number | undefined;
}

/** Something to know of a fit before it is believed. */
export interface FitNote {
  readonly code:
    | 'NotConverged'
    | 'Ripples'
    | 'NotPositiveDefinite'
    | 'AtPriorEdge'
    | 'OneStartOnly'
    | 'SeveralMaxima'
    | 'NoErrors'
    | 'Failures';
  readonly text: string;
}

/** A parameter at the maximum of the posterior. */
export interface Fitted {
  readonly path: string;
  readonly value: number;
  /** Standard deviation from the curvature there; undefined where there is none. */
  readonly sigma: number | undefined;
  readonly atEdge: boolean;
}

/** The maximum of a posterior. */
export interface Fit {
  readonly converged: boolean;
  /** What makes it believe so, in a sentence. */
  readonly statement: string;
  readonly logLikelihood: number;
  /** With the prior by the coordinates of the parameters: flat for uniform and log-uniform ones. */
  readonly logPosterior: number;
  readonly parameters: readonly Fitted[];
  readonly values: Float64Array;
  /** (parameters, parameters) of the values; rows of those at an edge are 0. Undefined without errors. */
  readonly covariance: Float64Array | undefined;
  readonly evaluations: number;
  readonly failures: number;
  /** How every start ended, the best first. */
  readonly starts: readonly StartEnd[];
  readonly notes: readonly FitNote[];
}

export interface StartEnd {
  readonly logPosterior: number;
  readonly values: Float64Array;
  readonly evaluations: number;
  readonly end: End['end'];
  /** As many starts led here. */
  readonly starts: number;
}

/** Starts that end this near are one maximum. */
const sameWithin = 1;
/** Another maximum that is this near in log posterior, and this far in errors, belongs to the posterior as well. */
const likelyWithin = 3;
const apart = 3;

/**
 * The maximum of log likelihood plus log prior, and the errors there: several descents from the best of many guesses drawn
 * from the prior, by exact gradients (projected BFGS, see descend) or without (CMA-ES) where there are none; first in
 * easier versions of the problem, where it has them. The best is confirmed by its measured curvature, and goes on with that where a step still gains something.
 *
 * @throws InvalidOption; NumericalFailure where the likelihood has a value nowhere; Aborted, and what the objective throws.
 */
export async function optimise(objective: Objective, options: OptimiseOptions = {}): Promise<Fit> {
  checkObjective(objective, 'optimise');
  const { seed = 1, starts = 8, guesses = 8 * starts, tolerance = 0.003, from } = options;
  const landscape = landscapeOf(objective.parameters);
  const conductor = conductorOf(objective, options, 'optimise');
  const begun = from?.map((values) => checkValues(values, objective.parameters, 'optimise from'));
  const { chosen, ladder } = await startsFrom(objective, conductor, begun, { guesses, starts, seed });
  if (chosen.length === 0) throw nothingFound('optimise', conductor.progress.evaluations);
  const mostPairs = options.mostPairs ?? (objective.hasGradient ? 200 : 200 * landscape.order);
  const stages = { seed, tolerance, mostPairs, ladder, given: begun ?? [] };
  const ends = await goDown(objective, landscape, conductor, chosen, stages);
  if (ends.length === 0) throw nothingFound('optimise', conductor.progress.evaluations);
  return fitFrom(objective, landscape, ends, conductor, tolerance, chosen.length);
}

interface Choice {
  readonly guesses: number;
  readonly starts: number;
  readonly seed: number;
}

/** Guesses of which the best shows how the problem is made easier. */
const firstLook = 8;

/**
 * Where descents start: what is given, or the best of many guesses in the easiest version of the problem. The parameters
 * that easier versions hold are set to what suits the best of a few.
 */
async function startsFrom(
  objective: Objective,
  conductor: Conductor,
  given: readonly Float64Array[] | undefined,
  { guesses, starts, seed }: Choice,
): Promise<{ readonly chosen: readonly Float64Array[]; readonly ladder: Ladder }> {
  const { parameters, easing } = objective;
  const held = easing?.held ?? [];
  const begin = easing?.begin ?? held.map((at) => parameters[at].prior.valueAt(0.5));
  const drawn = guessesFrom(parameters, guesses, `optimise/${seed}`);
  const withHeld = (points: readonly Float64Array[], values: readonly number[] = []) =>
    points.map((point) => {
      const moved = point.slice();
      for (const [i, value] of values.entries()) moved[held[i]] = within(value, parameters[held[i]]);
      return moved;
    });
  const points = given ?? withHeld(drawn.points, begin);
  const [ladder] = await conductor.run([ladderFor(objective, points.slice(0, firstLook))]);
  const begun = withHeld(points, ladder.held);
  if (given !== undefined) return { chosen: begun, ladder };
  const ease = ladder.factors[0];
  const [evaluations] = await conductor.run([answered({ points: begun, gradient: false, ease })]);
  return { chosen: bestOf({ ...drawn, points: begun }, evaluations, starts), ladder };
}

function within(value: number, { prior }: ObjectiveParameter): number {
  return Math.min(prior.high, Math.max(prior.low, value));
}

function* answered(request: Request): Search<readonly Evaluation[]> {
  return yield request;
}

function fitFrom(
  { parameters, hasGradient }: Objective,
  landscape: Landscape,
  ends: readonly End[],
  { progress }: Conductor,
  tolerance: number,
  starts: number,
): Fit {
  const [{ place, parabola, end }] = ends;
  const values = landscape.valuesAt(place.x);
  const covariance = covarianceOf(landscape, place, parabola);
  const order = parameters.length;
  const isAtEdge = (at: number) => place.x[at] <= landscape.low[at] || place.x[at] >= landscape.high[at];
  const fitted = parameters.map(({ path }, at) => ({
    path,
    value: values[at],
    sigma: covariance === undefined || isAtEdge(at) ? undefined : Math.sqrt(covariance[at * order + at]),
    atEdge: isAtEdge(at),
  }));
  const near = ends.filter((each) => each.place.height - place.height < sameWithin);
  // A start that its own way has left counts once.
  const together = Math.min(
    starts,
    near.reduce((sum, { starts }) => sum + starts, 0),
  );
  const likely = ends.filter((each) => each.place.height - place.height < likelyWithin);
  const others = likely.filter((each) => {
    const there = landscape.valuesAt(each.place.x);
    return fitted.some(({ value, sigma }, at) => sigma !== undefined && Math.abs(there[at] - value) > apart * sigma);
  });
  const converged = (end === 'converged' || end === 'rippled') && parabola?.isMinimum !== false;
  const gain =
    hasGradient && parabola !== undefined ? `; a step more is expected to gain ${brief(parabola.expectedGain)}` : '';
  return {
    converged,
    statement:
      `${together} of ${starts} starts lead to the largest log posterior${gain}` +
      (converged ? '' : `; asked for was less than ${tolerance}`),
    logLikelihood: place.logLikelihood,
    logPosterior: -place.height,
    parameters: fitted,
    values,
    covariance,
    evaluations: progress.evaluations,
    failures: progress.failures,
    starts: ends.map((each) => ({
      logPosterior: -each.place.height,
      values: landscape.valuesAt(each.place.x),
      evaluations: each.evaluations,
      end: each.end,
      starts: each.starts,
    })),
    notes: notesOn({
      converged,
      rippled: end === 'rippled',
      parabola,
      fitted,
      together,
      others: others.length,
      count: starts,
      failures: progress.failures,
    }),
  };
}

/** Of the values, from that of the coordinates. */
function covarianceOf(landscape: Landscape, { x }: Place, parabola: Parabola | undefined): Float64Array | undefined {
  if (parabola?.covariance === undefined) return undefined;
  const { free, covariance } = parabola;
  const scales = landscape.scalesAt(x);
  const result = new Float64Array(landscape.order ** 2);
  free.forEach((i, row) => {
    free.forEach((j, column) => {
      result[i * landscape.order + j] = covariance[row * free.length + column] * scales[i] * scales[j];
    });
  });
  return result;
}

interface Ended {
  readonly converged: boolean;
  readonly rippled: boolean;
  readonly parabola: Parabola | undefined;
  readonly fitted: readonly Fitted[];
  readonly together: number;
  readonly others: number;
  readonly count: number;
  readonly failures: number;
}

function notesOn({
  converged,
  rippled,
  parabola,
  fitted,
  together,
  others,
  count,
  failures,
}: Ended): readonly FitNote[] {
  const notes: FitNote[] = [];
  const say = (code: FitNote['code'], text: string) => notes.push({ code, text });
  if (!converged) say('NotConverged', 'the fit has not converged: its values may still move');
  if (rippled)
    say('Ripples', 'the likelihood has ripples at the maximum: errors are those of the hill that they are on');
  if (parabola === undefined) say('NoErrors', 'there are too few evaluations near the maximum for errors');
  else if (!parabola.isMinimum) {
    say(
      'NotPositiveDefinite',
      'the curvature at the end is not positive definite: it is no maximum, and has no errors',
    );
  }
  for (const { path } of fitted.filter(({ atEdge }) => atEdge)) {
    say('AtPriorEdge', `${path} is at the edge of its prior, and has no error: the data want it beyond`);
  }
  if (together === 1 && count > 1) {
    say('OneStartOnly', `only one of ${count} starts ended at the best: there may be a better one, try more starts`);
  }
  if (others > 0) {
    const text = `${others} other ends are as likely within a factor of 20, and more than ${apart} errors away`;
    say('SeveralMaxima', `${text}: errors are those of one maximum alone, sample the posterior for those of all`);
  }
  if (failures > 0) say('Failures', `${failures} evaluations had no value and counted as impossible`);
  return notes;
}

function brief(value: number): string {
  return value.toExponential(1);
}
