import { isFlagged, type NdArray, WtildeError } from '@wtilde/core-types';
import type { Visibilities, VisibilityTriple } from './triple.js';

/** How many visibilities are flagged. */
export function countFlagged(noiseMap: NdArray<'complex'>): number {
  let flagged = 0;
  for (let k = 0; k < noiseMap.shape[0]; k++) if (isFlagged(noiseMap.data, k)) flagged++;
  return flagged;
}

/** Throws InvalidValue for a value that no kernel could use of a visibility that is not flagged. */
export function requireUsable({ data, noiseMap, uvWavelengths }: Visibilities, where: VisibilityTriple<string>): void {
  requireParts(noiseMap, noiseMap, where.noiseMap, (value) => Number.isFinite(value) && value !== 0);
  requireParts(data, noiseMap, where.data, Number.isFinite);
  requireParts(uvWavelengths, noiseMap, where.uvWavelengths, Number.isFinite);
}

function requireParts(
  { data }: NdArray<'real' | 'complex'>,
  noiseMap: NdArray<'complex'>,
  where: string,
  isUsable: (value: number) => boolean,
): void {
  const at = data.findIndex((value, lane) => !isUsable(value) && !isFlagged(noiseMap.data, lane >> 1));
  if (at < 0) return;
  throw new WtildeError('InvalidValue', {
    what: 'the value cannot be used',
    where: `${where}, row ${at >> 1}, column ${at & 1} (from 0)`,
    expected:
      data === noiseMap.data ? 'a noise other than zero, or infinite for a flagged visibility' : 'a finite number',
    actual: String(data[at]),
    remedy: 'correct it, or flag the visibility by infinite noise',
  });
}

/** Throws InvalidValue where no visibility is left: the evidence of nothing would be better than any other. */
export function requireVisibilities(count: number, flagged: number, where: string): void {
  if (count > flagged) return;
  throw new WtildeError('InvalidValue', {
    what: 'there is nothing to see: no visibility has a weight',
    where,
    expected: 'at least one visibility with finite noise',
    actual: count === 0 ? 'no visibilities' : `${count} visibilities, all flagged by infinite noise`,
    remedy: 'pass visibilities that have weight, or check how they were written',
  });
}
