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
  // hypot is slow, and its results garbage: for those alone whose squares come near.
  const near = 1 + 1e-12;
  for (let k = 0; k < shape[0]; k++) {
    if (!counts(k)) continue;
    const square = data[2 * k] ** 2 + data[2 * k + 1] ** 2;
    if (square * near < longest ** 2 && (square > near * shortest ** 2 || square === 0)) continue;
    const length = Math.hypot(data[2 * k], data[2 * k + 1]);
    if (length > longest) longest = length;
    if (length > 0 && length < shortest) shortest = length;
  }
  return { shortest, longest };
}
