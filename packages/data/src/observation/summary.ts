/** What a lens modeller wants to know of visibilities: beam, field, what averaging and a flat sky cost. */
import { arcsecPerRadian } from '@wtilde/core-types';

import type { TakeRow } from './averages.js';
import { lossRadius, rotation, smallChange } from './smearing.js';

/** Lengths in arcsecPerRadian; those that nothing limits are Infinity. */
export interface ObservationSummary {
  readonly visibilities: number;
  /** Wavelengths. */
  readonly shortestBaseline: number;
  readonly longestBaseline: number;
  readonly longestW: number;
  /** Smallest and largest standard deviation. */
  readonly leastNoise: number;
  readonly mostNoise: number;
  /** Root mean square of the real and imaginary parts over their noise. */
  readonly signalToNoise: number;
  /** Standard deviation of a pixel of the dirty image by weight, in the unit of the visibilities per beam. */
  readonly imageNoise: number;
  /** Full widths at half maximum of the Gaussian that has the curvature of the naturally weighted beam at its centre. */
  readonly beam: {
    readonly major: number;
    readonly minor: number /** Degrees, from North to East. */;
    readonly angle: number;
  };
  /** 1 / shortest baseline. */
  readonly largestScale: number;
  /** Distances from the phase centre at which a point loses 1 %, on the baseline that loses most. */
  readonly smearing: {
    /** By integrations, or means, of up to so many seconds. */
    readonly seconds: number;
    readonly timeRadius: number;
    /** By channels, or bins, of so many Hz. */
    readonly hertz: number;
    readonly channelRadius: number;
  };
  /** At most: pixels of 1 / (2.5 longest baseline), rounded down. */
  readonly pixelScale: number;
  /** Half the largest scale, or where smearing costs 1 %, whichever is less. */
  readonly maskRadius: number;
  /** Radians of phase that a flat sky is wrong by at the edge of that mask, on the longest w. */
  readonly wPhase: number;
  /** What one could average to with a loss of 1 % there, on the longest baseline. */
  readonly longestAverage: { readonly seconds: number; readonly hertz: number };
}

/** What visibilities are means over. */
interface Averaged {
  readonly seconds: number;
  /** Seconds times wavelengths, at most: that of the baseline that turns most. */
  readonly drift: number;
  readonly hertz: number;
  readonly frequency: number;
}

export interface Summing {
  readonly add: TakeRow;
  finish(averaged: Averaged): ObservationSummary;
}

export function createSummary(): Summing {
  // Sums in an array: as variables of a closure every change of them would be garbage.
  const sums = new Float64Array(6);
  const [range, extremes] = [new Float64Array(2), new Float64Array(3)];
  range[0] = Number.POSITIVE_INFINITY;
  extremes[0] = Number.POSITIVE_INFINITY;
  return {
    add(row) {
      const u = row[0];
      const v = row[1];
      const sigma = row[5];
      const weight = 1 / (sigma * sigma);
      const length = Math.sqrt(u * u + v * v);
      sums[0] += 1;
      sums[1] += weight;
      sums[2] += weight * u * u;
      sums[3] += weight * u * v;
      sums[4] += weight * v * v;
      sums[5] += weight * (row[3] * row[3] + row[4] * row[4]);
      if (length > 0 && length < range[0]) range[0] = length;
      if (length > range[1]) range[1] = length;
      if (sigma < extremes[0]) extremes[0] = sigma;
      if (sigma > extremes[1]) extremes[1] = sigma;
      if (Math.abs(row[2]) > extremes[2]) extremes[2] = Math.abs(row[2]);
    },
    finish({ seconds, drift, hertz, frequency }) {
      const [visibilities, weights, uu, uv, vv, chi] = sums;
      const [shortest, longest] = range;
      const [least, most, longestW] = extremes;
      const largestScale = arcsecPerRadian / shortest;
      const timeRadius = lossRadius(rotation * drift);
      const channelRadius = lossRadius((longest * hertz) / frequency);
      const maskRadius = roundedDown(Math.min(largestScale / 2, timeRadius, channelRadius));
      const theta = maskRadius / arcsecPerRadian;
      const change = smallChange(maskRadius) / longest;
      return {
        visibilities,
        shortestBaseline: longest === 0 ? 0 : shortest,
        longestBaseline: longest,
        longestW,
        leastNoise: least,
        mostNoise: most,
        signalToNoise: Math.sqrt(chi / (2 * visibilities)),
        imageNoise: 1 / Math.sqrt(weights),
        beam: beamOf(uu / weights, uv / weights, vv / weights),
        largestScale,
        smearing: { seconds, timeRadius, hertz, channelRadius },
        pixelScale: roundedDown(arcsecPerRadian / longest / 2.5),
        maskRadius,
        wPhase: Math.PI * longestW * theta * theta,
        longestAverage: { seconds: change / rotation, hertz: change * frequency },
      };
    },
  };
}

/** The beam falls as 1 - 2 pi^2 x^T <uu> x; a Gaussian of variance s^2 as 1 - x^2 / 2 s^2. */
function beamOf(uu: number, uv: number, vv: number): ObservationSummary['beam'] {
  const middle = (uu + vv) / 2;
  const spread = Math.hypot((uu - vv) / 2, uv);
  const width = (moment: number) =>
    (arcsecPerRadian * Math.sqrt(8 * Math.LN2)) / (2 * Math.PI * Math.sqrt(Math.max(moment, 0)));
  // The long axis is where moments are small: across that of the largest, which is at atan2 / 2 from u.
  const largest = Math.atan2(2 * uv, uu - vv) / 2;
  const degrees = (-largest * 180) / Math.PI;
  return {
    major: width(middle - spread),
    minor: width(middle + spread),
    angle: degrees <= -90 ? degrees + 180 : degrees,
  };
}

/** To two digits, for people to type. */
function roundedDown(value: number): number {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) return value;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.floor(value / unit) * unit).toPrecision(2));
}
