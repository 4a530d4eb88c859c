/** Which three files belong together: a card that all of them carry. */
import { WtildeError } from '@wtilde/core-types';
import { crc32Of } from '../bytes/crc32.js';
import type { FitsHeader } from './header.js';
import type { Visibilities, VisibilityTriple } from './triple.js';

const keyword = 'DATASET';

/** The card of a dataset: from its numbers alone, so that the same dataset gives the same bytes. */
export function identityCard(visibilities: Visibilities): Readonly<Record<string, string>> {
  const identity = createIdentity();
  identity.add(visibilities);
  return identity.card();
}

/** {@link identityCard} of visibilities that come in chunks. */
export function createIdentity() {
  const sums = [0, 0, 0];
  return {
    add({ data, noiseMap, uvWavelengths }: Visibilities): void {
      for (const [at, { data: values }] of [data, noiseMap, uvWavelengths].entries()) {
        sums[at] = crc32Of(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), sums[at]);
      }
    },
    card: (): Readonly<Record<string, string>> => ({
      [keyword]: sums.map((sum) => sum.toString(16).padStart(8, '0')).join(''),
    }),
  };
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
