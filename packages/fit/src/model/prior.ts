import { describeValue, remedyByName, WtildeError } from '@wtilde/core-types';
import { logNormalDensity, normalBelow, normalDensity, normalQuantile } from '../numbers/normal.js';
import { isJsonObject } from './json.js';

/** A prior as a lens model has it, where a number could stand. */
export type PriorJson =
  | { readonly uniform: readonly [low: number, high: number] }
  | { readonly logUniform: readonly [low: number, high: number] }
  | { readonly normal: readonly [mean: number, sigma: number] }
  | { readonly truncatedNormal: readonly [mean: number, sigma: number, low: number, high: number] };

/** What is believed of a parameter before the data. */
export interface Prior {
  readonly kind: PriorKind;
  /** Where it has probability; infinite for a normal one. */
  readonly low: number;
  readonly high: number;
  /** The value below which a share from 0 to 1 of the probability lies: from the unit cube to values. */
  valueAt(share: number): number;
  /** Its derivative, one over the density. */
  slopeAt(share: number): number;
  /** The share below a value: the inverse of valueAt. */
  shareBelow(value: number): number;
  /** ln of the density by the value; -Infinity outside. */
  logDensity(value: number): number;
  /**
   * The coordinate in which an optimiser walks: (value - low) / (high - low), the same of ln value for `logUniform`, and
   * (value - mean) / sigma.
   */
  readonly coordinate: Coordinate;
}

/** A straightened parameter, of a size about 1. */
interface Coordinate {
  readonly low: number;
  readonly high: number;
  of(value: number): number;
  value(at: number): number;
  /** By how much the value grows for one of the coordinate. */
  slope(at: number): number;
  /** ln of the density by the coordinate, up to a constant, and its derivative. */
  logDensity(at: number): number;
  logDensitySlope(at: number): number;
}

const priorKinds = ['uniform', 'logUniform', 'normal', 'truncatedNormal'] as const;
type PriorKind = (typeof priorKinds)[number];

/** Where a number may lie, as the tables of profiles say it. */
export interface Domain {
  readonly above?: number;
  readonly minimum?: number;
  readonly below?: number;
  readonly maximum?: number;
}

/** Whether a value is meant as a prior: an object with the name of one, or of numbers under a name that is none. */
export function looksLikePrior(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const [only, ...more] = Object.values(value);
  const isListOfNumbers = Array.isArray(only) && only.length > 1 && only.every((each) => typeof each === 'number');
  return priorKinds.some((kind) => kind in value) || (more.length === 0 && isListOfNumbers);
}

/**
 * A prior from JSON. A normal one is cut off where the domain of its parameter ends, and normalised again.
 *
 * @param where what errors call it, such as mass.0.einsteinRadius
 * @throws InvalidValue for other JSON, bounds in the wrong order, or beyond the domain.
 */
export function parsePrior(json: unknown, domain: Domain, where: string): Prior {
  const names = isJsonObject(json) ? Object.keys(json) : [];
  const kind = priorKinds.find((each) => names.length === 1 && each === names[0]);
  if (kind === undefined || !isJsonObject(json)) throw noPrior(where, json);
  const numbers = finiteNumbers(json[kind]);
  if (numbers.length !== (kind === 'truncatedNormal' ? 4 : 2)) throw noPrior(where, json);
  if (kind === 'uniform' || kind === 'logUniform') {
    const [low, high] = boundsWithin(numbers[0], numbers[1], domain, where, json);
    if (kind === 'uniform') return uniform(low, high);
    if (!(low > 0)) throw badPrior(where, 'bounds above 0 for logUniform', json);
    return logUniform(low, high);
  }
  const [mean, sigma] = numbers;
  if (!(sigma > 0)) throw badPrior(where, 'a sigma above 0', json);
  if (kind === 'truncatedNormal') {
    const [low, high] = boundsWithin(numbers[2], numbers[3], domain, where, json);
    return normalWithin(kind, mean, sigma, low, high, where, json);
  }
  const low = domain.above ?? domain.minimum ?? Number.NEGATIVE_INFINITY;
  const high = domain.below ?? domain.maximum ?? Number.POSITIVE_INFINITY;
  return normalWithin(kind, mean, sigma, low, high, where, json);
}

/** Every value from low to high is as likely. */
export function uniform(low: number, high: number): Prior {
  const width = high - low;
  const inside = (value: number) => value >= low && value <= high;
  return {
    kind: 'uniform',
    low,
    high,
    valueAt: (share) => low + share * width,
    slopeAt: () => width,
    shareBelow: (value) => (value - low) / width,
    logDensity: (value) => (inside(value) ? -Math.log(width) : Number.NEGATIVE_INFINITY),
    coordinate: {
      low: 0,
      high: 1,
      of: (value) => (value - low) / width,
      // Exact at both ends, whatever rounding does.
      value: (at) => (at >= 1 ? high : low + at * width),
      slope: () => width,
      logDensity: () => 0,
      logDensitySlope: () => 0,
    },
  };
}

/** Every order of magnitude from low to high is as likely. */
export function logUniform(low: number, high: number): Prior {
  const width = Math.log(high / low);
  const valueAt = (share: number) => (share >= 1 ? high : share <= 0 ? low : low * Math.exp(share * width));
  const shareBelow = (value: number) => Math.log(value / low) / width;
  const inside = (value: number) => value >= low && value <= high;
  return {
    kind: 'logUniform',
    low,
    high,
    valueAt,
    slopeAt: (share) => width * valueAt(share),
    shareBelow,
    logDensity: (value) => (inside(value) ? -Math.log(width * value) : Number.NEGATIVE_INFINITY),
    coordinate: {
      low: 0,
      high: 1,
      of: shareBelow,
      value: valueAt,
      slope: (at) => width * valueAt(at),
      logDensity: () => 0,
      logDensitySlope: () => 0,
    },
  };
}

function normalWithin(
  kind: PriorKind,
  mean: number,
  sigma: number,
  low: number,
  high: number,
  where: string,
  json: unknown,
): Prior {
  // Counted from the tail that is nearer, where small probabilities keep their digits.
  const flip = low > mean ? -1 : 1;
  const ends = [low, high].map((end) => normalBelow((flip * (end - mean)) / sigma)).sort((a, b) => a - b);
  const mass = ends[1] - ends[0];
  if (!(mass > 1e-300)) throw badPrior(where, 'some probability between its bounds', json);
  const clamp = (value: number) => Math.min(high, Math.max(low, value));
  const valueAt = (share: number) => {
    const within = flip === 1 ? share : 1 - share;
    return clamp(mean + flip * sigma * normalQuantile(ends[0] + within * mass));
  };
  const shareBelow = (value: number) => {
    const share = (normalBelow((flip * (clamp(value) - mean)) / sigma) - ends[0]) / mass;
    return flip === 1 ? share : 1 - share;
  };
  return {
    kind,
    low,
    high,
    valueAt,
    slopeAt: (share) => (sigma * mass) / normalDensity((valueAt(share) - mean) / sigma),
    shareBelow,
    logDensity: (value) =>
      value >= low && value <= high
        ? logNormalDensity((value - mean) / sigma) - Math.log(sigma * mass)
        : Number.NEGATIVE_INFINITY,
    coordinate: {
      low: (low - mean) / sigma,
      high: (high - mean) / sigma,
      of: (value) => (value - mean) / sigma,
      value: (at) => clamp(mean + at * sigma),
      slope: () => sigma,
      logDensity: (at) => -0.5 * at * at,
      logDensitySlope: (at) => -at,
    },
  };
}

/** Bounds in order and within the domain; an end that the domain excludes is moved inside by a hair. */
function boundsWithin(
  low: number,
  high: number,
  { above, minimum, below, maximum }: Domain,
  where: string,
  json: unknown,
): readonly [number, number] {
  if (!(low < high)) throw badPrior(where, 'the lower bound before the upper one', json);
  const least = above ?? minimum ?? Number.NEGATIVE_INFINITY;
  const most = below ?? maximum ?? Number.POSITIVE_INFINITY;
  if (low < least || high > most) throw badPrior(where, `bounds within ${least} and ${most}`, json);
  const hair = 1e-9 * (high - low);
  return [low === above ? low + hair : low, high === below ? high - hair : high];
}

function finiteNumbers(value: unknown): readonly number[] {
  if (!Array.isArray(value)) return [];
  const values: readonly unknown[] = value;
  const isNumber = (each: unknown): each is number => typeof each === 'number' && Number.isFinite(each);
  return values.every(isNumber) ? values : [];
}

function badPrior(where: string, expected: string, json: unknown): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'the prior makes no sense',
    where,
    expected,
    actual: JSON.stringify(json) ?? describeValue(json),
    remedy: 'correct the prior',
  });
}

function noPrior(where: string, json: unknown): WtildeError {
  return new WtildeError('InvalidValue', {
    what: 'neither a number nor a prior',
    where,
    expected:
      '{ "uniform": [low, high] }, { "logUniform": [low, high] }, { "normal": [mean, sigma] }, ' +
      '{ "truncatedNormal": [mean, sigma, low, high] } or { "tie": "mass.0.centre.1" }',
    actual: JSON.stringify(json)?.slice(0, 100) ?? describeValue(json),
    remedy: remedyByName(isJsonObject(json) ? Object.keys(json)[0] : '', priorKinds, 'write one of these, or a number'),
  });
}
