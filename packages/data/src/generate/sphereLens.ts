import { type NdArray, real } from '@wtilde/core-types';

/** A singular isothermal sphere. Lengths in arcsec, centre as (y, x). */
export interface SphereLens {
  readonly einsteinRadius: number;
  readonly centre: readonly [number, number];
}

/**
 * Ray-traces (y, x) positions (M, 2) in arcsec to the source plane of a singular isothermal sphere:
 * source = image - einsteinRadius (image - centre) / |image - centre|. The very centre stays where
 * it is: there the deflection has no direction.
 *
 * @see Schneider, Kochanek and Wambsganss, Gravitational Lensing: Strong, Weak and Micro, section 3.1.
 */
export function traceThroughSphere(lens: SphereLens, grid: NdArray<'real'>): NdArray<'real'> {
  const [centreY, centreX] = lens.centre;
  const traced = grid.data.slice();
  for (let i = 0; i < traced.length; i += 2) {
    const y = traced[i] - centreY;
    const x = traced[i + 1] - centreX;
    const distance = Math.hypot(y, x);
    if (distance === 0) continue;
    traced[i] -= (lens.einsteinRadius * y) / distance;
    traced[i + 1] -= (lens.einsteinRadius * x) / distance;
  }
  return real(traced, grid.shape);
}
