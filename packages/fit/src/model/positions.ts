import { describeValue, type NdArray, real, WtildeError } from '@wtilde/core-types';
import { type LensModel, lensModelGradient, traceLens } from '@wtilde/lens';
import { isJsonObject } from './json.js';

/** Places in the image that are images of one place in the source. */
export interface Positions {
  /** (P, 2), (y, x) in arcsec. */
  readonly points: NdArray<'real'>;
  /** How far apart they may lie when traced back, in arcsec. */
  readonly sigma: number;
}

/**
 * Positions from JSON: `{ "points": [[1.2, 0.4], [-0.9, 0.1]], "sigma": 0.2 }`.
 *
 * @throws InvalidValue
 */
export function parsePositions(json: unknown): Positions {
  const given = isJsonObject(json) ? json : {};
  const points: readonly unknown[] = Array.isArray(given.points) ? given.points : [];
  const sigma = given.sigma;
  const numbers = points.flatMap((point: unknown): readonly unknown[] => (Array.isArray(point) ? point : []));
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
  const pairs = points.every((point) => Array.isArray(point) && point.length === 2);
  if (points.length < 2 || !pairs || !numbers.every(isNumber) || !isNumber(sigma) || !(sigma > 0)) {
    throw new WtildeError('InvalidValue', {
      what: 'not positions of images',
      where: 'positions',
      expected: '{ "points": [[y, x], [y, x], ...], "sigma": arcsec }, two points at least, sigma above 0',
      actual: JSON.stringify(json)?.slice(0, 100) ?? describeValue(json),
      remedy: 'correct them or leave them out',
    });
  }
  return { points: real(numbers, [points.length, 2]), sigma };
}

/** A term of a log likelihood with its derivatives, by the path of each parameter. */
export interface Penalty {
  readonly value: number;
  readonly gradient: Readonly<Record<string, number>>;
}

/**
 * -1 / (2 P sigma²) times the sum over all pairs of |b_i - b_j|², b the P positions traced to the source: the log
 * likelihood of positions with errors of sigma in the source, whose common place is not known. Smooth, and in it every
 * pair counts. It keeps away the models that do not bring the images together, those without deflection above all.
 */
export function positionsPenalty(lens: LensModel, { points, sigma }: Positions): Penalty {
  const traced = traceLens(lens, points).data;
  const count = traced.length / 2;
  const mean = [0, 0];
  for (let at = 0; at < traced.length; at++) mean[at % 2] += traced[at] / count;
  let sum = 0;
  const bySource = new Float64Array(traced.length);
  for (let at = 0; at < traced.length; at++) {
    const off = traced[at] - mean[at % 2];
    // The sum over pairs is P times that about the mean.
    sum += off * off;
    bySource[at] = -off / (sigma * sigma);
  }
  const { parameters } = lensModelGradient(lens, points, real(bySource, points.shape));
  return { value: -sum / (2 * sigma * sigma), gradient: parameters };
}
