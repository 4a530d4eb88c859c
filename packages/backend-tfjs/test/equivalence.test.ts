import { equivalenceSuite } from '@wtilde/testkit';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createTfjsBackend } from '../src/index.js';

for (const engine of ['wasm', 'cpu'] as const) {
  await equivalenceSuite({
    runner: { describe, it, beforeAll, afterAll },
    backend: () => createTfjsBackend({ engine }),
    id: `tfjs-${engine}`,
  });
}
