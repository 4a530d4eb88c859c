import { describe, expect, test } from 'vitest';
import {
  almaLike,
  type NumberedChunk,
  smaLike,
  type VisibilityChunkOptions,
  visibilitiesOf,
  visibilityChunks,
} from '../../src/index.js';
import { rejectionOf } from '../errors.js';

async function collect(options: VisibilityChunkOptions): Promise<NumberedChunk[]> {
  const chunks: NumberedChunk[] = [];
  for await (const chunk of visibilityChunks(options)) chunks.push(chunk);
  return chunks;
}

describe('visibilities in chunks', () => {
  test.each([
    ['sma', smaLike],
    ['alma', almaLike],
  ] as const)('are those of %s at once, wherever they are cut', async (array, simulate) => {
    const whole = visibilitiesOf(simulate({ N: 12, K: 100, S: 4, seed: 3 }));
    for (const chunkSize of [1, 7, 50, 100, 1000]) {
      const chunks = await collect({ array, N: 12, K: 100, seed: 3, chunkSize });
      expect(chunks.length).toBe(Math.ceil(100 / chunkSize));
      expect(chunks.map(({ first }) => first)).toEqual(chunks.map((_, i) => i * chunkSize));
      for (const key of ['data', 'noiseMap', 'uvWavelengths'] as const) {
        expect(chunks.flatMap((chunk) => [...chunk[key].data])).toEqual([...whole[key].data]);
      }
    }
  });

  test('need no more memory for more of them', async () => {
    const sizes: number[] = [];
    for await (const { data, uvWavelengths } of visibilityChunks({ K: 10_000, N: 3, chunkSize: 999 })) {
      sizes.push(data.shape[0]);
      expect(data.data.buffer.byteLength).toBe(16 * data.shape[0]);
      expect(uvWavelengths.shape).toEqual([data.shape[0], 2]);
    }
    expect(sizes).toEqual([...new Array(10).fill(999), 10]);
  });

  test('stop when aborted', async () => {
    const controller = new AbortController();
    const chunks = visibilityChunks({ K: 10, N: 3, chunkSize: 5, signal: controller.signal });
    expect((await chunks.next()).done).toBe(false);
    controller.abort();
    await rejectionOf(chunks.next(), 'Aborted');
  });

  test('options that cannot be', async () => {
    // @ts-expect-error: a caller without types.
    const unknown: VisibilityChunkOptions = { K: 10, array: 'vla' };
    const bad: readonly [VisibilityChunkOptions, string][] = [
      [{ K: 0 }, 'K'],
      [{ K: 10, chunkSize: 0 }, 'chunkSize'],
      [{ K: 10, N: 2.5 }, 'N'],
      [unknown, 'array'],
    ];
    for (const [options, where] of bad) {
      expect((await rejectionOf(collect(options), 'InvalidOption')).where).toBe(where);
    }
  });
});
