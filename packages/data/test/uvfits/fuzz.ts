import { isWtildeError } from '@wtilde/core-types';
import { createRandom, estimateNoise, importUvfits, openUvfits, type Random, sourceOfBytes } from '../../src/index.js';
import { observed } from './observed.js';

const oddNumbers = [
  '0',
  '1',
  '-1',
  '2',
  '3',
  '1E300',
  '-1E-300',
  '9007199254740993',
  '2147483648',
  '1.5',
  'T',
  "'X'",
  '',
];

/**
 * Mutates small UVFITS files, reads and imports them. Whatever is thrown but a typed error is thrown on, with the number of
 * the mutant.
 */
export async function fuzzUvfits(count: number, seed: string): Promise<{ refused: number; taken: number }> {
  const random = createRandom(seed);
  const windows = [
    { offset: 0, width: 2e6 },
    { offset: 4e9, width: -2e6 },
  ];
  const originals = [
    observed({ antennas: 3, integrations: 5, channels: 2, windows, sources: ['NEAR'], bitpix: -32 }),
    observed({ antennas: 4, integrations: 12, baselines: 'large', doubled: true }),
  ];
  const outcome = { refused: 0, taken: 0 };
  for (let mutant = 0; mutant < count; mutant++) {
    const bytes = mutated(originals[mutant % originals.length], random);
    try {
      const file = await openUvfits(sourceOfBytes(bytes), 'mutant');
      const noise = random.integer(2) === 0 ? 'weights' : 'differences';
      const options = { averageTime: 20, averageChannels: 2, noise } as const;
      const estimated = await estimateNoise(file, options).catch((error: unknown) => {
        if (noise === 'weights' && isWtildeError(error, 'InvalidValue')) return undefined;
        throw error;
      });
      const { chunks, report } = await importUvfits(file, options, { estimated });
      for await (const { noiseMap, data, uvWavelengths } of chunks()) {
        const finite = [noiseMap, data, uvWavelengths].every((array) => array.data.every(Number.isFinite));
        if (!finite || !noiseMap.data.every((each) => each > 0)) throw new Error('a visibility cannot be used');
      }
      report();
      outcome.taken += 1;
    } catch (error) {
      if (!isWtildeError(error)) throw new Error(`mutant ${mutant} of ${seed}`, { cause: error });
      outcome.refused += 1;
    }
  }
  return outcome;
}

function mutated(original: Uint8Array, random: Random): Uint8Array {
  const bytes = original.slice();
  for (let change = 1 + random.integer(3); change > 0; change--) {
    const kind = random.integer(5);
    if (kind === 0) bytes[random.integer(bytes.length)] = random.integer(256);
    else if (kind === 1) {
      // Four bytes of the groups or the tables: any float, NaN and infinities often.
      const at = 2880 + random.integer(bytes.length - 2884);
      for (let byte = 0; byte < 4; byte++) bytes[at + byte] = random.integer(3) === 0 ? 0xff : random.integer(256);
    } else if (kind === 2) card(bytes, random, oddNumbers[random.integer(oddNumbers.length)]);
    else if (kind === 3) swapCards(bytes, random);
    else if (random.integer(4) === 0) return bytes.slice(0, random.integer(bytes.length));
  }
  return bytes;
}

/** Another value on a card of the first header or of a table's. */
function card(bytes: Uint8Array, random: Random, value: string): void {
  const at = cardAt(bytes, random);
  if (at === undefined) return;
  const text = value.padEnd(70);
  for (let i = 0; i < 70; i++) bytes[at + 10 + i] = text.charCodeAt(i);
}

function swapCards(bytes: Uint8Array, random: Random): void {
  const [one, other] = [cardAt(bytes, random), cardAt(bytes, random)];
  if (one === undefined || other === undefined) return;
  const kept = bytes.slice(one, one + 80);
  bytes.copyWithin(one, other, other + 80);
  bytes.set(kept, other);
}

function cardAt(bytes: Uint8Array, random: Random): number | undefined {
  for (let tries = 0; tries < 200; tries++) {
    const at = 80 * random.integer(Math.floor(bytes.length / 80));
    if (bytes[at + 8] === 0x3d && bytes[at + 9] === 0x20) return at;
  }
  return undefined;
}
