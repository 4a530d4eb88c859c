import { type NdArray, real } from '@wtilde/core-types';
import { isJsonObject } from '../arguments/jsonObject.js';
import { checkPoints } from '../mesh/points.js';
import { place, profilesIn } from '../profile/check.js';
import { addBrightness } from './brightness.js';
import { lightKinds } from './kinds.js';
import { isLinear, type ModelLight, unitImagesFrom } from './linearKinds.js';

/**
 * Surface brightness (P) of one light profile or the sum of several at the points (P, 2) of a grid.
 *
 * Evaluated on the ray-traced grid of a lens it is the lensed image; of linear profiles it is that at unit intensities.
 * Cost: O(P) for each profile.
 *
 * @throws InvalidValue for a profile out of domain or a point that is not finite, DTypeMismatch or ShapeMismatch for
 *   another grid; NumericalFailure, naming profile and point, where a brightness is beyond float64.
 */
export function imageFrom(lights: ModelLight | readonly ModelLight[], grid: NdArray<'real'>): NdArray<'real'> {
  checkPoints(grid, 'grid');
  const sum = new Float64Array(grid.shape[0]);
  for (const [at, profile] of profilesIn(lights, 'light').entries()) {
    if (isJsonObject(profile) && isLinear(profile)) {
      for (const image of unitImagesFrom(profile, grid, `light[${at}]`))
        image.forEach((value, point) => {
          sum[point] += value;
        });
      continue;
    }
    const placed = place(lightKinds, profile, `light[${at}]`);
    addBrightness(sum, placed, placed.law, grid);
  }
  return real(sum);
}
