import { readFileSync, writeFileSync } from 'node:fs';
import { fingerprintsOf } from '@wtilde/testkit/node';
import { expect, it } from 'vitest';
import { createWasmBackend } from '../src/index.js';

const file = new URL('bits.txt', import.meta.url);

/**
 * With plain SIMD every number is defined to the last bit, on every processor and version of Node: the lines of bits.txt
 * were made on one of them. Kernels that are newer have no line yet. `WTILDE_BITS=write` before the tests writes today's:
 * who changes lines says so in a changeset.
 */
it.each([1, 2])('plain SIMD gives the bits that it gives everywhere, on %i threads', async (threads) => {
  const backend = await createWasmBackend({ threads, simd: 'simd128' });
  const today = await fingerprintsOf(backend, backend);
  backend.dispose?.();
  if (process.env.WTILDE_BITS === 'write') writeFileSync(file, today);
  const known = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(known.length).toBeGreaterThan(60);
  expect(today.split('\n')).toEqual(expect.arrayContaining(known));
});
