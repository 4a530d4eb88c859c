import type { NdArray } from '@wtilde/core-types';

/** 2 pi (x u_k + y v_k): the phase of visibility k at the position (y, x) in radians. */
export function phase(uvWavelengths: NdArray<'real'>, k: number, y: number, x: number): number {
  return 2 * Math.PI * (x * uvWavelengths.data[2 * k] + y * uvWavelengths.data[2 * k + 1]);
}
