import { createOracle, crossingDatasets, defaultDatasets, equivalenceSuite } from '@wtilde/testkit';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createTfjsBackend } from '../src/index.js';

// The reference computes for both.
const common = {
  runner: { describe, it, beforeAll, afterAll },
  oracle: createOracle(),
  datasets: defaultDatasets(),
  crossing: crossingDatasets(),
};

for (const engine of ['wasm', 'cpu'] as const) {
  await equivalenceSuite({
    ...common,
    backend: () => createTfjsBackend({ engine }),
    id: `tfjs-${engine}`,
  });
}
