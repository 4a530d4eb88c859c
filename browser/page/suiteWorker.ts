import { createLoopsBackend } from '@wtilde/backend-loops';
import { createTfjsBackend } from '@wtilde/backend-tfjs';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { createWebgpuBackend } from '@wtilde/backend-webgpu';
import type { Backend } from '@wtilde/core-types';
import { runSuite } from './suite.js';

// Threads are allowed in a worker of an isolated page only, which is why the suites run here.
const backends: Readonly<Record<string, () => Backend | Promise<Backend>>> = {
  loops: createLoopsBackend,
  'wasm, 1 thread': () => createWasmBackend({ threads: 1 }),
  'wasm, 2 threads': () => createWasmBackend({ threads: 2 }),
  'wasm, 3 threads': () => createWasmBackend({ threads: 3 }),
  'tfjs, engine wasm': () => createTfjsBackend({ engine: 'wasm', wasmPaths: '/tfjs-backend-wasm/' }),
  'tfjs, engine webgl': async () => {
    // An application that wants this engine imports it.
    await import('@tensorflow/tfjs-backend-webgl');
    return await createTfjsBackend({ engine: 'webgl' });
  },
  webgpu: () => createWebgpuBackend(),
};

self.addEventListener('message', async () => {
  for (const [name, create] of Object.entries(backends)) {
    postMessage({ name, result: await runSuite(create) });
  }
  postMessage('done');
});
