import { arcsecPerRadian } from '@wtilde/core-types';
import { inDigits } from './datasetWarnings.js';
import type { Warning } from './warning.js';

/** Radians of phase that a flat sky may be wrong by: a visibility then loses 1 % of a point at the edge. */
const most = 0.15;

/**
 * What tells that the sky is not flat within a mask: the phase pi w theta^2 of the longest w at its edge, which W neglects.
 */
export function wTermWarnings({
  longestW,
  maskRadius,
}: {
  /** In wavelengths. */
  readonly longestW: number;
  /** theta in arcsec. */
  readonly maskRadius: number;
}): readonly Warning[] {
  const theta = maskRadius / arcsecPerRadian;
  const phase = Math.PI * longestW * theta * theta;
  if (!(phase > most) || phase === Number.POSITIVE_INFINITY) return [];
  const fine = arcsecPerRadian * Math.sqrt(most / (Math.PI * longestW));
  return [
    {
      code: 'LargeWTerm',
      what: 'the sky is not flat as far as the mask may reach, and W assumes that it is',
      where: 'w',
      values: `longest w ${inDigits(longestW)} wavelengths, at ${inDigits(maskRadius)} arcsec a phase of ${inDigits(phase)} radians`,
      remedy: `use a mask within ${inDigits(fine)} arcsec of the phase centre, or shift that to the lens`,
    },
  ];
}
