import { WtildeError } from '@wtilde/core-types';
import type { Masses } from '../mass/placed.js';
import type { Contour } from './contour.js';
import { eigenvalueContours, eigenvaluesOf } from './eigenvalues.js';
import { halved } from './refine.js';
import { type CurveRegion, regionOf } from './region.js';

/**
 * The effective Einstein radius in arcsec: that of a circle as large as the area within the tangential critical curves,
 * sqrt(area / pi); 0 where a lens has none. Curves within others count for nothing, curves side by side together.
 *
 * The area is Richardson's limit of the areas of two polygons whose corners are on the curve: right to about 1e-9 of
 * itself at the default tolerance. For an isothermal ellipsoid it is 2 sqrt(q) / (1 + q) times its `einsteinRadius`.
 * Region, cost and errors: `criticalCurves`.
 *
 * @throws InvalidValue where the extent cuts a tangential critical curve.
 */
export function einsteinRadiusFrom(masses: Masses, region: CurveRegion = {}): number {
  const { tangential: valueAt } = eigenvaluesOf(masses);
  const { tangential } = eigenvalueContours(masses, regionOf(masses, region, 'einsteinRadiusFrom'));
  if (tangential.some(({ closed }) => !closed)) {
    throw new WtildeError('InvalidValue', {
      what: 'the extent cuts a tangential critical curve',
      where: 'einsteinRadiusFrom extent',
      expected: 'one that holds every tangential critical curve',
      actual: JSON.stringify(region.extent),
      remedy: 'widen it, or leave it out',
    });
  }
  const outer = tangential.filter((curve) => !tangential.some((other) => other !== curve && contains(other, curve)));
  const area = outer.reduce((sum, curve) => {
    const coarse = areaWithin(curve);
    const fine = areaWithin(halved(curve, valueAt));
    return sum + Math.abs(fine + (fine - coarse) / 3);
  }, 0);
  return Math.sqrt(area / Math.PI);
}

/** Signed; products are of distances from the first corner, so that far from the origin nothing cancels. */
function areaWithin({ points }: Contour): number {
  let twice = 0;
  for (let at = 2; at + 3 < points.length; at += 2) {
    const [y, x] = [points[at] - points[0], points[at + 1] - points[1]];
    const [nextY, nextX] = [points[at + 2] - points[0], points[at + 3] - points[1]];
    twice += x * nextY - nextX * y;
  }
  return twice / 2;
}

/** Whether the first point of a curve is within another: an odd number of its sides are crossed on the way out. */
function contains({ points: ring }: Contour, { points: [y, x] }: Contour): boolean {
  let within = false;
  for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
    const [fromY, fromX, toY, toX] = [ring[before], ring[before + 1], ring[at], ring[at + 1]];
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) within = !within;
  }
  return within;
}
