import { after, describe, it } from 'node:test';
import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { equivalenceSuite } from '@wtilde/testkit';
import { nodeTestRunner } from '@wtilde/testkit/node';

// Node 20 has no relaxed SIMD, Node 22 has: both variants of the compiled kernels run.
for (const backend of [createLoopsBackend, createWasmBackend]) {
  await equivalenceSuite({ runner: nodeTestRunner({ describe, it, after }), backend });
}
