import { type NdArray, real } from '@wtilde/core-types';
import { checkPoints } from '../mesh/points.js';
import { place, profilesIn } from '../profile/check.js';
import { noValue } from '../profile/noValue.js';
import { type LightProfile, lightKinds } from './kinds.js';

/**
 * Surface brightness (P) of one light profile or the sum of several at the points (P, 2) of a grid.
 *
 * Evaluated on the ray-traced grid of a lens it is the lensed image. Cost: O(P) for each profile.
 *
 * @throws InvalidValue for a profile out of domain or a point that is not finite, DTypeMismatch or ShapeMismatch for
 *   another grid; NumericalFailure, naming profile and point, where a brightness is beyond float64.
 */
export function imageFrom(lights: LightProfile | readonly LightProfile[], grid: NdArray<'real'>): NdArray<'real'> {
  checkPoints(grid, 'grid');
  const sum = new Float64Array(grid.shape[0]);
  for (const [at, profile] of profilesIn(lights, 'light').entries()) {
    const { law, centre, cosine, sine, where } = place(lightKinds, profile, `light[${at}]`);
    for (let point = 0; point < sum.length; point++) {
      const y = grid.data[2 * point] - centre[0];
      const x = grid.data[2 * point + 1] - centre[1];
      const brightness = law(x * cosine + y * sine, y * cosine - x * sine);
      if (!Number.isFinite(brightness)) throw noValue(where, 'brightness', [brightness], grid, point);
      sum[point] += brightness;
    }
  }
  return real(sum);
}
