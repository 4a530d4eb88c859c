import { createLoopsBackend } from '@wtilde/backend-loops';
import { createOracle, crossingDatasets, defaultDatasets, equivalenceSuite } from '@wtilde/testkit';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createWorkerBackend, createWorkerPool, serveBackend } from '../src/worker.js';
import { closeAll, newChannel } from './support/workers.js';

// The reference computes for both.
const common = {
  runner: { describe, it, beforeAll, afterAll },
  oracle: createOracle(),
  datasets: defaultDatasets(),
  crossing: crossingDatasets(),
};

function served() {
  const { port1, port2 } = newChannel();
  serveBackend(createLoopsBackend(), port2);
  return port1;
}

afterAll(closeAll);

describe('one worker', async () => {
  await equivalenceSuite({ ...common, backend: () => createWorkerBackend(served()) });
});

describe('a pool', async () => {
  await equivalenceSuite({
    ...common,
    backend: () => createWorkerPool([served(), served(), served()]),
    random: { runs: 2, seed: 2 },
  });
});
