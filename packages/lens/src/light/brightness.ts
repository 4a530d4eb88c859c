import type { NdArray } from '@wtilde/core-types';
import type { Placed } from '../profile/check.js';
import { noValue } from '../profile/noValue.js';
import type { LightLaw } from './law.js';

/**
 * Adds the brightness of a profile's law at the points (P, 2) of a grid.
 *
 * @throws NumericalFailure, naming profile and point, where a brightness is beyond float64
 */
export function addBrightness(
  sum: Float64Array,
  { centre, cosine, sine, where }: Placed<unknown>,
  law: LightLaw,
  grid: NdArray<'real'>,
): void {
  for (let point = 0; point < sum.length; point++) {
    const y = grid.data[2 * point] - centre[0];
    const x = grid.data[2 * point + 1] - centre[1];
    const brightness = law(x * cosine + y * sine, y * cosine - x * sine);
    if (!Number.isFinite(brightness)) throw noValue(where, 'brightness', [brightness], grid, point);
    sum[point] += brightness;
  }
}
