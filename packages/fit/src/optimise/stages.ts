import { createRandom } from '@wtilde/data';
import { identity } from '../numbers/matrix.js';
import type { Evaluation, Objective } from '../objective.js';
import { type Descent, descend } from './descend.js';
import { curvatureOf, evolve } from './evolve.js';
import { freeAt, measureHill, type Parabola, parabolaAt } from './hill.js';
import type { Ladder } from './ladder.js';
import { holding, type Landscape, type Place } from './landscape.js';
import type { Conductor, Search } from './search.js';

/** The end of one way down. */
export interface End {
  readonly place: Place;
  readonly end: Descent['end'] | 'rippled';
  /** How many starts led here. */
  readonly starts: number;
  readonly evaluations: number;
  readonly parabola?: Parabola | undefined;
}

export interface StageOptions {
  readonly seed: number;
  readonly tolerance: number;
  readonly mostPairs: number;
  readonly ladder: Ladder;
  /** Starts that somebody chose: what is found must not be below them. */
  readonly given: readonly Float64Array[];
}

/** Ways that end a stage this near to each other, in coordinates, go on as one. */
const together = 0.05;
/** The easiest problem is solved when another step gains less than this share of the relief; every next by a third of it. */
const easedTolerance = 5e-4;
/** As many ways go on to the next stage. */
const mostWays = 3;

/**
 * From starts to ends: first in easier versions of the problem, from the easiest to the hardest, then in itself. Ways that
 * come together are joined, and only the best go on.
 */
export async function goDown(
  objective: Objective,
  landscape: Landscape,
  conductor: Conductor,
  starts: readonly Float64Array[],
  options: StageOptions,
): Promise<readonly End[]> {
  let ways: readonly Way[] = starts.map(
    (values): Way => ({ x: landscape.clamped(landscape.coordinatesOf(values)), starts: 1, evaluations: 0 }),
  );
  const { factors, relief } = options.ladder;
  const step = objective.hasGradient ? descents : evolutions;
  for (const [stage, ease] of factors.entries()) {
    const tolerance = Math.max(options.tolerance, (easedTolerance * relief) / 3 ** stage);
    const ends = await step(landscape, conductor, ways, {
      ...options,
      tolerance,
      ease,
      stage,
      held: objective.easing?.held,
    });
    ways = joined(ends).slice(0, mostWays);
  }
  const { given } = options;
  if (given.length > 0 && factors.length > 0) {
    [ways] = await conductor.run([withBestStart(landscape, [...given, ...starts], ways)]);
  }
  return await step(landscape, conductor, ways, { ...options, stage: factors.length });
}

/**
 * The ways, and the best of some starts where it is better than what the ways have come to: easier versions of a problem may
 * lead away from a maximum that somebody knew.
 */
function* withBestStart(
  landscape: Landscape,
  starts: readonly Float64Array[],
  ways: readonly Way[],
): Search<readonly Way[]> {
  const begun = starts.map((values) => landscape.clamped(landscape.coordinatesOf(values)));
  const places = [...begun, ...ways.map(({ x }) => x)];
  const evaluations: readonly Evaluation[] = yield {
    points: places.map((x) => landscape.valuesAt(x)),
    gradient: false,
  };
  const heights = places.map((x, at) => landscape.placeOf(x, evaluations[at]).height);
  const best = heights.indexOf(Math.min(...heights));
  return best < begun.length ? [{ x: begun[best], starts: 1, evaluations: 0 }, ...ways] : ways;
}

/** A way that has not ended yet. */
interface Way {
  readonly x: Float64Array;
  readonly starts: number;
  readonly evaluations: number;
  readonly curvature?: Float64Array | undefined;
}

type Arrived = End & { readonly curvature?: Float64Array | undefined };
/** In easier versions some parameters may have to stay where they are. */
function heldIn(landscape: Landscape, { x }: Way, { ease, held }: Stage): Landscape {
  return ease === undefined || held === undefined ? landscape : holding(landscape, held, x);
}

type Stage = StageOptions & {
  readonly held?: readonly number[] | undefined;
  readonly ease?: number | undefined;
  readonly stage: number;
};

/** Ends without those that are on top of better ones. */
function joined(ends: readonly Arrived[]): readonly Way[] {
  const ways: Way[] = [];
  for (const { place, starts, evaluations, curvature } of ends) {
    const same = ways.findIndex(({ x }) => x.every((each, i) => Math.abs(each - place.x[i]) < together));
    if (same < 0) ways.push({ x: place.x, starts, evaluations, curvature });
    else ways[same] = { ...ways[same], starts: ways[same].starts + starts };
  }
  return ways;
}

async function descents(
  landscape: Landscape,
  conductor: Conductor,
  ways: readonly Way[],
  stage: Stage,
): Promise<readonly Arrived[]> {
  const found = await conductor.run(ways.map((way) => fromWay(heldIn(landscape, way, stage), way, stage)));
  const ends = sorted(found);
  if (stage.ease !== undefined || ends.length === 0) return ends;
  const [first, ...others] = ends;
  const [confirmed] = await conductor.run([confirm(landscape, first, stage)]);
  return [confirmed, ...others];
}

function* fromWay(landscape: Landscape, way: Way, stage: Stage): Search<Arrived> {
  const { x, starts, evaluations } = way;
  const [evaluation]: readonly Evaluation[] = yield {
    points: [landscape.valuesAt(x)],
    gradient: true,
    ease: stage.ease,
  };
  const options = { ...stage, curvature: way.curvature };
  const descent = yield* descend(landscape, landscape.placeOf(x, evaluation), options);
  const { place, end, pairs, curvature } = descent;
  return { place, end, starts, curvature, evaluations: evaluations + pairs + 1 };
}

function sorted(ends: readonly Arrived[]): readonly Arrived[] {
  const finite = ends.filter(({ place }) => Number.isFinite(place.height));
  return finite.sort((a, b) => a.place.height - b.place.height);
}

const mostConfirmations = 4;

/**
 * Measures the hill that an end is on, and goes on to its top while that gains something. Where the slopes around an end
 * have no top between them (a saddle) it goes on from the lowest place that was seen.
 */
function* confirm(landscape: Landscape, first: Arrived, stage: Stage): Search<Arrived> {
  const tolerance = stage.tolerance / 10;
  let { place, evaluations } = first;
  let guess = first.curvature ?? identity(landscape.order);
  let parabola: Parabola | undefined;
  for (let round = 1; round <= mostConfirmations; round++) {
    const hill = yield* measureHill(landscape, place, guess);
    evaluations += hill.pairs;
    parabola = parabolaAt(landscape, place, hill);
    const { isMinimum, expectedGain, step, free } = parabola;
    if (isMinimum && expectedGain < stage.tolerance)
      return { ...first, place, evaluations, parabola, end: 'converged' };
    const before = place;
    let from = lower(place, hill.lowest);
    if (isMinimum) {
      guess = hill.curvature;
      const top = landscape.clamped(place.x.map((each, i) => each + step[i]));
      const [evaluation]: readonly Evaluation[] = yield { points: [landscape.valuesAt(top)], gradient: true };
      evaluations += 1;
      from = lower(from, landscape.placeOf(top, evaluation));
    }
    if (isMinimum || from !== place) {
      const descent: Descent = yield* descend(landscape, from, { ...stage, tolerance, curvature: guess });
      evaluations += descent.pairs;
      place = lower(place, descent.place);
    }
    if (place === before && !isMinimum) break;
    if (!isMinimum || freeAt(landscape, place).length !== free.length) continue;
    if (before.height - place.height < leastOfPromise * expectedGain) break;
    if (expectedGain < sameHill) return { ...first, place, evaluations, parabola, end: 'converged' };
  }
  const isOnHill = parabola?.isMinimum === true && parabola.expectedGain < mostInRipples;
  return { ...first, place, evaluations, parabola, end: isOnHill ? 'rippled' : 'stalled' };
}

function lower(a: Place, b: Place): Place {
  return b.height < a.height ? b : a;
}

/** A step that gives less than this share of what the hill promises has met ripples. */
const leastOfPromise = 1 / 3;
/** After a step that gains less than this the hill is as it was: a third of an error. */
const sameHill = 0.05;

/** What a parabola through ripples may promise at their bottom: a share of an error, squared and halved. */
const mostInRipples = 0.5;

/** Spreads of the first generation: of the first stage, and of later ones. */
const spreads = [0.15, 0.03];

async function evolutions(
  landscape: Landscape,
  conductor: Conductor,
  ways: readonly Way[],
  options: Stage,
): Promise<readonly Arrived[]> {
  const { seed, tolerance, mostPairs, ease, stage } = options;
  const searches = ways.map((way, at) =>
    evolve(heldIn(landscape, way, options), way.x, createRandom(`optimise/${seed}/evolve/${stage}/${at}`), {
      tolerance: Math.max(tolerance, 0.02),
      mostEvaluations: mostPairs,
      firstSpread: stage === 0 ? spreads[0] : spreads[1],
      ease,
    }),
  );
  const found = (await conductor.run(searches)).map((evolution, at): Arrived => {
    const { place, end, evaluations } = evolution;
    const way = { place, end, starts: ways[at].starts, evaluations: ways[at].evaluations + evaluations };
    // No slope is known: nothing is expected of another step, the parabola is for the errors alone.
    const curvature = ease === undefined ? curvatureOf(evolution, landscape.order) : undefined;
    return curvature === undefined
      ? way
      : { ...way, parabola: parabolaAt(landscape, place, { curvature, slope: place.slope }) };
  });
  return sorted(found);
}
