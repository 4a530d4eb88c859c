import { type NdArray, WtildeError } from '@wtilde/core-types';

/** The error of a profile that has no value in float64 at a point of a grid. */
export function noValue(
  where: string,
  quantity: string,
  values: ArrayLike<number>,
  { data }: NdArray<'real'>,
  point: number,
): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: `the ${quantity} of the profile is beyond what float64 holds`,
    where,
    expected: 'finite numbers',
    actual: `${Array.from(values).join(', ')} at (y, x) = (${data[2 * point]}, ${data[2 * point + 1]})`,
    remedy: 'move the centre of the profile off the point, or use less extreme parameters',
  });
}
