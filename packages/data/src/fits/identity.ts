/** Which three files belong together: a card that all of them carry. */
import { WtildeError } from '@wtilde/core-types';
import { crc32 } from '../bytes/crc32.js';
import type { FitsHeader } from './header.js';
import type { Visibilities, VisibilityTriple } from './triple.js';

const keyword = 'DATASET';

/** The card of a dataset: from its numbers alone, so that the same dataset gives the same bytes. */
export function identityCard({ data, noiseMap, uvWavelengths }: Visibilities): Readonly<Record<string, string>> {
  const sums = [data, noiseMap, uvWavelengths].map(({ data: { buffer, byteOffset, byteLength } }) =>
    crc32(new Uint8Array(buffer, byteOffset, byteLength))
      .toString(16)
      .padStart(8, '0'),
  );
  return { [keyword]: sums.join('') };
}

/**
 * Throws InvalidValue where two of three files carry cards of different datasets, as after a writer that was killed
 * between them. Files without the card are taken as they are: other tools do not write it.
 */
export function requireSameDataset(headers: VisibilityTriple<FitsHeader>, where: string): void {
  const cards = Object.values(headers).map((header: FitsHeader) => header.get(keyword));
  if (new Set(cards.filter((card) => card !== undefined)).size < 2) return;
  throw new WtildeError('InvalidValue', {
    what: 'the three files are not of one dataset',
    where,
    expected: `one ${keyword} card in all headers`,
    actual: cards.map((card) => card ?? 'none').join(', '),
    remedy: `write the three files again, or delete the ${keyword} cards where they do belong together`,
  });
}
