import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { shown } from '../arguments/shown.js';
import type { MassProfile } from '../mass/kinds.js';
import { deflectionsFrom } from '../mass/lensing.js';
import { checkPoints } from '../mesh/points.js';
import { type Cosmology, planck15, planeScaling } from './cosmology.js';

/** What bends light at one redshift. */
export interface Plane {
  readonly redshift: number;
  readonly mass?: readonly MassProfile[] | undefined;
}

/**
 * Where light from the points (P, 2) of a grid comes from on each plane, nearest plane first: x_j = theta - sum_(i < j)
 * beta_ij alpha_i(x_i) with beta_ij of {@link planeScaling} (Blandford & Narayan 1986; Schneider, Ehlers & Falco 1992).
 * Deflections, and so Einstein radii and convergences, are those for a source on the last plane. Planes come with rising
 * redshifts. Cost: that of the deflections, once on each plane.
 *
 * @throws InvalidValue for less than two planes, redshifts that do not rise, or profiles out of domain.
 */
export function tracePlanes(
  planes: readonly Plane[],
  grid: NdArray<'real'>,
  cosmology: Cosmology = planck15,
): readonly NdArray<'real'>[] {
  checkPoints(grid, 'grid');
  checkPlanes(planes);
  const last = planes[planes.length - 1].redshift;
  const deflections: Float64Array[] = [];
  return planes.map(({ redshift, mass = [] }) => {
    const places = Float64Array.from(grid.data);
    deflections.forEach((deflection, i) => {
      const scaling = planeScaling(planes[i].redshift, redshift, last, cosmology);
      for (let lane = 0; lane < places.length; lane++) places[lane] -= scaling * deflection[lane];
    });
    const traced = real(places, grid.shape);
    deflections.push(deflectionsFrom(mass, traced).data);
    return traced;
  });
}

function checkPlanes(planes: readonly Plane[]): void {
  const redshifts: readonly unknown[] = Array.isArray(planes) ? planes.map((plane) => plane?.redshift) : [];
  const rising = redshifts.every((redshift, at) => {
    const before = at === 0 ? 0 : redshifts[at - 1];
    return typeof redshift === 'number' && typeof before === 'number' && redshift > before;
  });
  if (redshifts.length >= 2 && rising) return;
  throw new WtildeError('InvalidValue', {
    what: 'these are no lens planes',
    where: 'planes',
    expected: 'at least two, their redshifts above 0 and rising',
    actual: redshifts.length < 2 ? `${redshifts.length}` : shown(redshifts),
    remedy: 'list them from the nearest to the furthest',
  });
}
