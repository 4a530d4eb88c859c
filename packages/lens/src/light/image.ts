import { type NdArray, real } from '@wtilde/core-types';
import { checkPoints } from '../mesh/points.js';
import { place } from '../profile/check.js';
import { type LightProfile, lightKinds } from './kinds.js';

/**
 * Surface brightness (P) of one light profile or the sum of several at the points (P, 2) of a grid.
 *
 * Evaluated on the ray-traced grid of a lens it is the lensed image. Cost: O(P) for each profile.
 *
 * @throws InvalidValue for a profile out of domain or a point that is not finite, ShapeMismatch for another grid.
 */
export function imageFrom(lights: LightProfile | readonly LightProfile[], grid: NdArray<'real'>): NdArray<'real'> {
  checkPoints(grid, 'grid');
  const profiles: readonly LightProfile[] = 'type' in lights ? [lights] : lights;
  const sum = new Float64Array(grid.shape[0]);
  for (const [at, profile] of profiles.entries()) {
    const { law, centre, cosine, sine } = place(lightKinds, profile, `light[${at}]`);
    for (let point = 0; point < sum.length; point++) {
      const y = grid.data[2 * point] - centre[0];
      const x = grid.data[2 * point + 1] - centre[1];
      sum[point] += law(x * cosine + y * sine, y * cosine - x * sine);
    }
  }
  return real(sum);
}
