import { fingerprintsOf } from '@wtilde/testkit/node';
import { expect, it } from 'vitest';
import { createWasmBackend } from '../src/index.js';

/**
 * With plain SIMD every number is defined to the last bit, on every processor and version of Node: the lines of bits.txt
 * were made on one of them. Who changes the arithmetic changes lines (`vitest run -u`), and says so in a changeset.
 */
it.each([1, 2])('plain SIMD gives the bits that it gives everywhere, on %i threads', async (threads) => {
  const backend = await createWasmBackend({ threads, simd: 'simd128' });
  await expect(await fingerprintsOf(backend, backend)).toMatchFileSnapshot('./bits.txt');
  backend.dispose?.();
});
