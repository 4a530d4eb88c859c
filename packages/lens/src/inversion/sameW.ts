import { WtildeError } from '@wtilde/core-types';
import type { PreparedDataset } from './prepare.js';

/** Whether W, pixels and beam of two datasets are the same, bit for bit, and nothing is averaged over. */
export function haveSameW(a: PreparedDataset, b: PreparedDataset): boolean {
  if (a.gains !== undefined || b.gains !== undefined) return false;
  return (
    a.sums.pixelScale === b.sums.pixelScale &&
    isEqual(a.sums.wCompact.data, b.sums.wCompact.data) &&
    isEqual(a.sums.gridRadiansSlim.data, b.sums.gridRadiansSlim.data) &&
    isEqual(a.primaryBeam?.data, b.primaryBeam?.data)
  );
}

function isEqual(one: ArrayLike<number> = [], other: ArrayLike<number> = []): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Throws InvalidValue where they are not. */
export function requireSameW(a: PreparedDataset, b: PreparedDataset): void {
  if (haveSameW(a, b)) return;
  throw new WtildeError('InvalidValue', {
    what: 'the datasets do not have one W',
    where: 'evidencesWith',
    expected: 'the same baselines, noise, mask and primary beam, and no gains that are averaged over',
    actual: 'others',
    remedy: 'evaluate them one by one, or with jointInversion, which knows when it has to',
  });
}
