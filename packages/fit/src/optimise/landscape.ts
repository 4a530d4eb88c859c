import type { Evaluation, ObjectiveParameter } from '../objective.js';

/** A place where an optimiser has been: coordinates, and what it wants small there. */
export interface Place {
  readonly x: Float64Array;
  /** -(log likelihood + log prior by the coordinates). */
  readonly height: number;
  readonly slope: Float64Array;
  readonly logLikelihood: number;
}

/** The problem in the coordinates of its priors: a landscape within bounds, to be gone down in. */
export interface Landscape {
  readonly order: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The values of the parameters at coordinates. */
  valuesAt(x: Float64Array): Float64Array;
  coordinatesOf(values: Float64Array): Float64Array;
  placeOf(x: Float64Array, evaluation: Evaluation): Place;
  /** By how much each value grows for one of its coordinate. */
  scalesAt(x: Float64Array): Float64Array;
  clamped(x: Float64Array): Float64Array;
}

/** The landscape with some coordinates held where they are at x. */
export function holding(landscape: Landscape, held: readonly number[], x: Float64Array): Landscape {
  const [low, high] = [landscape.low.slice(), landscape.high.slice()];
  for (const at of held) {
    low[at] = x[at];
    high[at] = x[at];
  }
  return {
    ...landscape,
    low,
    high,
    clamped: (x) => x.map((each, at) => Math.min(high[at], Math.max(low[at], each))),
  };
}

export function landscapeOf(parameters: readonly ObjectiveParameter[]): Landscape {
  const coordinates = parameters.map(({ prior }) => prior.coordinate);
  const each = (of: (at: number) => number) => Float64Array.from(coordinates, (_, at) => of(at));
  return {
    order: parameters.length,
    low: each((at) => coordinates[at].low),
    high: each((at) => coordinates[at].high),
    valuesAt: (x) => each((at) => coordinates[at].value(x[at])),
    coordinatesOf: (values) => each((at) => coordinates[at].of(values[at])),
    scalesAt: (x) => each((at) => coordinates[at].slope(x[at])),
    clamped: (x) => each((at) => Math.min(coordinates[at].high, Math.max(coordinates[at].low, x[at]))),
    placeOf(x, { logLikelihood, gradient }) {
      let height = -logLikelihood;
      for (const [at, coordinate] of coordinates.entries()) height -= coordinate.logDensity(x[at]);
      const slope = each((at) =>
        gradient === undefined
          ? 0
          : -(gradient[at] * coordinates[at].slope(x[at]) + coordinates[at].logDensitySlope(x[at])),
      );
      return { x, height, slope, logLikelihood };
    },
  };
}
