import { createOracle, crossingDatasets, defaultDatasets, equivalenceSuite } from '@wtilde/testkit';
import { afterAll, describe, it } from 'vitest';
import { backendOn } from '../src/backend.js';
import { createEngine } from '../src/engine/engine.js';
import { createWasmBackend } from '../src/index.js';

// The reference computes for both.
const common = {
  runner: { describe, it, afterAll },
  oracle: createOracle(),
  datasets: defaultDatasets(),
  crossing: crossingDatasets(),
};

await equivalenceSuite({ ...common, backend: () => createWasmBackend({ threads: 1 }) });
// Plain SIMD, and three threads however small the work.
await equivalenceSuite({
  ...common,
  backend: async () => backendOn(await createEngine({ threads: 3, simd: 'simd128', leastSharedWork: 0 })),
});
