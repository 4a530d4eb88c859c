import { type NdArray, real } from '@wtilde/core-types';
import { rayTrace } from '../mass/lensing.js';
import type { Masses } from '../mass/placed.js';
import type { Contour } from './contour.js';
import { eigenvalueContours } from './eigenvalues.js';
import { type CurveRegion, regionOf } from './region.js';

/** A curve of the image plane or of the source plane. */
export interface Curve {
  /** (P, 2) points (y, x) in arcsec, in order along the curve; the first is not repeated at the end. */
  readonly points: NdArray<'real'>;
  /** Whether the last point joins the first. Curves that leave the extent are not closed. */
  readonly closed: boolean;
}

/** The curves of each kind, longest first; none where the lens has none. */
export interface LensCurves {
  /** Where 1 - kappa - gamma is 0: images are stretched along the curve. */
  readonly tangential: readonly Curve[];
  /** Where 1 - kappa + gamma is 0: images are stretched across the curve. */
  readonly radial: readonly Curve[];
}

/**
 * Critical curves of the image plane, where the magnification of one mass profile or of several is infinite:
 * `criticalCurves(mass, { extent: [left, right, bottom, top], shape: [rows, columns] })`, or without the second argument
 * over all of the lens.
 *
 * From exact derivatives of the deflection, not from differences: every point is on its curve to rounding (about 1e-13
 * of a cell), and points are added where it bends until chords are within `tolerance` cells of it. Curves that run
 * around the centre of a profile are found down to a thousandth of a cell; other curves must be wider than a cell. Singular
 * isothermal profiles have no radial curve, nor have steeper ones; their cuts are none.
 *
 * Cost: two adjoints of each profile for each node of the lattice, and some ten for each point of a curve.
 *
 * @throws InvalidValue for a profile out of domain, or another extent or shape; UnknownArgument; NumericalFailure where
 *   no extent is given and the lens is strong everywhere.
 */
export function criticalCurves(masses: Masses, region: CurveRegion = {}): LensCurves {
  const { tangential, radial } = eigenvalueContours(masses, regionOf(masses, region, 'criticalCurves'));
  return { tangential: curvesOf(tangential), radial: curvesOf(radial) };
}

/**
 * Caustics: the critical curves of {@link criticalCurves} traced to the source plane, point by point, (y, x) in arcsec.
 * A source that crosses one gains or loses two images. Arguments, cost and errors as there.
 */
export function caustics(masses: Masses, region: CurveRegion = {}): LensCurves {
  const { tangential, radial } = criticalCurves(masses, region);
  const traced = (curves: readonly Curve[]) =>
    curves.map(({ points, closed }) => ({ points: rayTrace(masses, points), closed }));
  return { tangential: traced(tangential), radial: traced(radial) };
}

function curvesOf(contours: readonly Contour[]): Curve[] {
  return contours
    .map(({ points, closed }) => ({ points: real(Float64Array.from(points), [points.length / 2, 2]), closed }))
    .toSorted((a, b) => lengthOf(b) - lengthOf(a));
}

function lengthOf({ points: { data }, closed }: Curve): number {
  let length = 0;
  const count = data.length / 2;
  for (let at = closed ? 0 : 1; at < count; at++) {
    const before = (at + count - 1) % count;
    length += Math.hypot(data[2 * at] - data[2 * before], data[2 * at + 1] - data[2 * before + 1]);
  }
  return length;
}
