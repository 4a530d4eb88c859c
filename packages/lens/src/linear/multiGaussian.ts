import { WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import type { LightProfile } from '../light/kinds.js';

/** The ellipse that all Gaussians of an expansion share. */
type Shared = Pick<Extract<LightProfile, { readonly type: 'Gaussian' }>, 'centre' | 'ellComps'>;

/**
 * A multi-Gaussian expansion: `count` Gaussians of unit intensity and one ellipse, their sigmas from `from` to `to` arcsec
 * in equal steps of the logarithm (Cappellari 2002). As linear profiles they fit light of almost any shape.
 *
 * @throws InvalidValue, MissingArgument, UnknownArgument
 */
export function multiGaussianExpansion(
  given: Shared & {
    /** The smallest and the largest sigma in arcsec. */
    readonly from: number;
    readonly to: number;
    readonly count: number;
  },
): readonly LightProfile[] {
  const names = { from: true, to: true, count: true, centre: false, ellComps: false };
  checkNames(given, names, 'multiGaussianExpansion');
  const { from, to, count, centre = [0, 0], ellComps = [0, 0] } = given;
  checkNumber(from, { above: 0 }, 'multiGaussianExpansion from', 'the smallest sigma in arcsec');
  checkNumber(to, { above: from }, 'multiGaussianExpansion to', 'the largest sigma in arcsec, above the smallest');
  if (!Number.isInteger(count) || count < 2 || count > 1000) {
    throw new WtildeError('InvalidValue', {
      what: 'not a number of Gaussians',
      where: 'multiGaussianExpansion count',
      expected: 'a whole number from 2 to 1000',
      actual: String(count),
      remedy: 'pass such a number',
    });
  }
  return Array.from({ length: count }, (_, i) => ({
    type: 'Gaussian' as const,
    centre,
    ellComps,
    intensity: 1,
    sigma: from * (to / from) ** (i / (count - 1)),
  }));
}
