import type { NdArray } from '@wtilde/core-types';
import type { MassProfile } from '../mass/kinds.js';
import { profilesIn } from '../profile/check.js';
import type { SourcePrior } from '../regularization/kind.js';
import type { Warning } from './warning.js';

/** A mask's pixels are fewer than the source's: most of the source is made up by the regularization. */
export function fewImagePixels(imagePixels: number, sourcePixels: number): readonly Warning[] {
  if (imagePixels >= sourcePixels) return [];
  return [
    {
      code: 'FewImagePixels',
      what: 'there are fewer image pixels than source pixels: the regularization alone decides about some of them',
      where: 'mesh',
      values: `${imagePixels} image pixels, ${sourcePixels} source pixels`,
      remedy: 'lay a coarser mesh, use smaller pixels, or open a larger mask',
    },
  ];
}

/** A covariance is beyond this so ill-conditioned that what was added to its diagonal decides about H. */
const mostCondition = 1e8;

/** A covariance of source pixels that are hardly told apart. */
export function nearlySingularPrior(prior: SourcePrior): readonly Warning[] {
  const condition = 'condition' in prior ? prior.condition : undefined;
  if (condition === undefined || condition <= mostCondition) return [];
  return [
    {
      code: 'NearlySingularPrior',
      what: 'the covariance of the source is nearly singular: the 1e-8 on its diagonal decides about the evidence',
      where: 'regularization.scale',
      values: `condition number about ${condition.toPrecision(2)}`,
      remedy: 'use a smaller scale, a smaller nu, or a mesh whose points are further apart',
    },
  ];
}

/**
 * Every profile whose Einstein radius is larger than the distance from its centre to the furthest point of the grid
 * (M, 2) of open pixels: the images that it makes are outside of the mask.
 */
export function einsteinRadiiBeyond(
  mass: MassProfile | readonly MassProfile[],
  { data }: NdArray<'real'>,
): readonly Warning[] {
  return profilesIn(mass, 'mass').flatMap((profile, at) => {
    const radius = 'einsteinRadius' in profile ? profile.einsteinRadius : 0;
    const [y, x] = profile.centre ?? [0, 0];
    let furthest = 0;
    for (let lane = 0; lane < data.length; lane += 2) {
      furthest = Math.max(furthest, Math.hypot(data[lane] - y, data[lane + 1] - x));
    }
    if (!(radius > furthest)) return [];
    return [
      {
        code: 'EinsteinRadiusBeyondMask',
        what: 'the Einstein radius is beyond the mask: the lensed images are not in it',
        where: `mass[${at}].einsteinRadius`,
        values: `${radius}", furthest open pixel ${Number(furthest.toPrecision(4))}" from the centre of the profile`,
        remedy: 'open a larger mask, or correct the Einstein radius, which is in arcsec',
      },
    ];
  });
}
