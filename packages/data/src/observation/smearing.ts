import { arcsecPerRadian } from '@wtilde/core-types';
/** What a mean over a changing phase costs. */

/** Of the Earth, in radians per second. */
export const rotation = 7.2921159e-5;
/** A loss that nobody sees. */
const smallLoss = 0.01;

/**
 * How far u or v may change, in wavelengths, with a small loss at a distance in arcsec: a mean over a phase that changes by
 * 2 pi theta b leaves sinc of it, 1 - (pi theta b)^2 / 6.
 */
export function smallChange(distance: number): number {
  return (arcsecPerRadian * Math.sqrt(6 * smallLoss)) / (Math.PI * distance);
}

/** The distance in arcsec at which a change of so many wavelengths is a small loss. */
export function lossRadius(change: number): number {
  return smallChange(change);
}
