import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { runSuite } from './suite.js';

// Threads are allowed in a worker of an isolated page only, which is why the suites run here.
const backends = {
  loops: createLoopsBackend,
  'wasm, 1 thread': () => createWasmBackend({ threads: 1 }),
  'wasm, 2 threads': () => createWasmBackend({ threads: 2 }),
  'wasm, 3 threads': () => createWasmBackend({ threads: 3 }),
};

self.addEventListener('message', async () => {
  for (const [name, create] of Object.entries(backends)) postMessage({ name, result: await runSuite(create) });
  postMessage('done');
});
