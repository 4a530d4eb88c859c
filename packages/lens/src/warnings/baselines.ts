import type { NdArray } from '@wtilde/core-types';

/** How far apart the antennas were, seen from the source. */
export interface Baselines {
  /** In wavelengths; baselines of no length are left out, Infinity where there is no other. */
  readonly shortest: number;
  /** In wavelengths. */
  readonly longest: number;
}

/** Of no visibilities at all. */
export const noBaselines: Baselines = { shortest: Number.POSITIVE_INFINITY, longest: 0 };

/** The range of baselines (K, 2), and of those seen before; `counts` tells which visibilities have weight. */
export function baselinesOf(
  { data, shape }: NdArray<'real'>,
  before: Baselines = noBaselines,
  counts: (visibility: number) => boolean = () => true,
): Baselines {
  let { shortest, longest } = before;
  for (let k = 0; k < shape[0]; k++) {
    const u = data[2 * k];
    const v = data[2 * k + 1];
    // Lengths cost more than squares, and few can be one of both.
    const square = u * u + v * v;
    if (square > 1.000001 * shortest * shortest && square < 0.999999 * longest * longest) continue;
    if (!counts(k)) continue;
    const length = Math.hypot(u, v);
    if (length > longest) longest = length;
    if (length > 0 && length < shortest) shortest = length;
  }
  return { shortest, longest };
}
