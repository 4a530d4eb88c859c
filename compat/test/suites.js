import { after, describe, it } from 'node:test';
import { createLoopsBackend } from '@wtilde/backend-loops';
import { createTfjsBackend } from '@wtilde/backend-tfjs';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { createWebgpuBackend } from '@wtilde/backend-webgpu';
import { equivalenceSuite } from '@wtilde/testkit';
import { nodeTestRunner } from '@wtilde/testkit/node';

// Node 20 has no relaxed SIMD, Node 22 has: both variants of the compiled kernels run.
const backends = {
  loops: createLoopsBackend,
  wasm: createWasmBackend,
  'tfjs, engine wasm': () => createTfjsBackend({ engine: 'wasm' }),
  'tfjs, engine cpu': () => createTfjsBackend({ engine: 'cpu' }),
  webgpu: createWebgpuBackend,
};
for (const [id, backend] of Object.entries(backends)) {
  await equivalenceSuite({ runner: nodeTestRunner({ describe, it, after }), id, backend: () => backend() });
}
