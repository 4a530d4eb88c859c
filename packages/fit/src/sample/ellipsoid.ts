import type { Random } from '@wtilde/data';
import { solveLower, timesLower } from '../numbers/matrix.js';
import { quadraticAt } from './quadratic.js';

/** The points x with |L⁻¹ (x - centre)| <= 1. */
export interface Ellipsoid {
  readonly centre: Float64Array;
  /** L, lower. */
  readonly factor: Float64Array;
  readonly logVolume: number;
  /** ln of the volume within the unit cube, about. */
  readonly logInside: number;
  /** A quadratic in L⁻¹ (x - centre), where only what makes it 0 or less belongs to it. */
  readonly contour?: Float64Array;
  /** Scratch: written before it is read in every call. */
  readonly white: Float64Array;
}

/** ln of the volume of a ball of radius 1. */
export function logBall(order: number): number {
  return (order / 2) * Math.log(Math.PI) - logGammaHalf(order + 2);
}

/** ln Gamma(n / 2). */
function logGammaHalf(n: number): number {
  let value = n % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let k = n - 2; k > 0; k -= 2) value += Math.log(k / 2);
  return value;
}

/** |L⁻¹ (x - centre)|², or something above the limit where it is above. Called the most by far: nothing is allocated. */
export function distance(
  { centre, factor, white }: Pick<Ellipsoid, 'centre' | 'factor' | 'white'>,
  point: Float64Array,
  limit = Number.POSITIVE_INFINITY,
): number {
  const order = centre.length;
  let sum = 0;
  for (let i = 0; i < order && sum <= limit; i++) {
    let each = point[i] - centre[i];
    for (let k = 0; k < i; k++) each -= factor[i * order + k] * white[k];
    white[i] = each / factor[i * order + i];
    sum += white[i] * white[i];
  }
  return sum;
}

export function contains(ellipsoid: Ellipsoid, point: Float64Array): boolean {
  if (distance(ellipsoid, point, 1) > 1) return false;
  return ellipsoid.contour === undefined || quadraticAt(ellipsoid.contour, ellipsoid.white) <= 0;
}

/** L⁻¹ (x - centre). */
export function whiteOf({ centre, factor }: Pick<Ellipsoid, 'centre' | 'factor'>, point: Float64Array): Float64Array {
  const off = point.map((each, i) => each - centre[i]);
  return solveLower(factor, off, off.length);
}

/** Whether a point lies in the unit cube. */
export function isInCube(point: Float64Array): boolean {
  return point.every((each) => each >= 0 && each < 1);
}

/** A point of an ellipsoid, each as likely. */
export function pointIn({ centre, factor }: Ellipsoid, random: Random): Float64Array {
  const order = centre.length;
  const direction = Float64Array.from({ length: order }, () => random.normal());
  let length = 0;
  for (const each of direction) length += each * each;
  const radius = random.uniform() ** (1 / order) / Math.sqrt(length);
  const move = timesLower(factor, direction, order);
  return centre.map((each, i) => each + radius * move[i]);
}
