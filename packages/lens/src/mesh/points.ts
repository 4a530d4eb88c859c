import { type NdArray, WtildeError } from '@wtilde/core-types';
import { checkArray } from '../arguments/checkArguments.js';

/** Beyond this the products that decide on which side of a line a point lies leave the range of float64. */
const furthest = 1e50;

/** Throws where an array is not a list of points (P, 2) with coordinates in arcsec that can be reckoned with. */
export function checkPoints(points: NdArray<'real'>, where: string): void {
  checkArray(points, ['real'], ['P', 2], where);
  const { data } = points;
  const at = data.findIndex((coordinate) => !(Math.abs(coordinate) <= furthest));
  if (at < 0) return;
  throw new WtildeError('InvalidValue', {
    what: 'a coordinate is not finite, or too large',
    where,
    expected: `numbers from -${furthest} to ${furthest}`,
    actual: `${data[at]} at [${Math.floor(at / 2)}, ${at % 2}]`,
    remedy: 'correct the lens model or the grid it was traced from',
  });
}
