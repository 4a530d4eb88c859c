import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { fingerprintsOf } from '@wtilde/testkit/node';

test('plain SIMD gives the same bits on this version of Node', async () => {
  const backend = await createWasmBackend({ threads: 1, simd: 'simd128' });
  const today = (await fingerprintsOf(backend, backend)).split('\n');
  const file = new URL('../../packages/backend-wasm/test/bits.txt', import.meta.url);
  const known = readFileSync(file, 'utf8').trimEnd().split('\n');
  assert.deepEqual(
    known.filter((line) => !today.includes(line)),
    [],
  );
});
