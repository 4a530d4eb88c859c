import { equivalenceSuite } from '@wtilde/testkit';
import { afterAll, describe, it } from 'vitest';
import { backendOn } from '../src/backend.js';
import { createEngine } from '../src/engine/engine.js';
import { createWasmBackend } from '../src/index.js';

const runner = { describe, it, afterAll };

await equivalenceSuite({ runner, backend: () => createWasmBackend({ threads: 1 }) });
// Plain SIMD, and three threads however small the work.
await equivalenceSuite({
  runner,
  backend: async () => backendOn(await createEngine({ threads: 3, simd: 'simd128', leastSharedWork: 0 })),
});
