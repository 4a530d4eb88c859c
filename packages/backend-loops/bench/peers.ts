/** What others need: `peers.json`, typed. */

import type { Calibration } from '@wtilde/testkit';
import peers from '../../../docs/performance/peers.json' with { type: 'json' };
import type { Peer } from './row.ts';

interface Larger {
  readonly row: string;
  readonly who: string;
  readonly ms: number;
  readonly loop: string | null;
}

/** Where the numbers come from. */
export const source: string = peers.source;

/** The loops on the machine of the peers. */
export const calibration: Calibration = peers.calibration;

/** Milliseconds of Numba on two threads for a kernel, by its upstream name, on a golden case. */
export function numbaOf(golden: string, upstream: string): number | undefined {
  const cases: Readonly<Record<string, Readonly<Record<string, { readonly numba: number | null }>>>> = peers.golden;
  return cases[golden]?.[upstream]?.numba ?? undefined;
}

/** The peers of a row at larger sizes, by its name. */
export function peersOf(row: string): readonly Peer[] {
  const larger: readonly Larger[] = peers.larger;
  return larger
    .filter((each) => each.row === row)
    .map(({ who, ms, loop }) => ({
      who,
      ms,
      loop: loop === 'directCosines' || loop === 'matrixProduct' ? loop : null,
    }));
}
