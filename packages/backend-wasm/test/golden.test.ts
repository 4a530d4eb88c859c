import { goldenSuite } from '@wtilde/testkit/node';
import { afterAll, describe, it } from 'vitest';
import { createWasmBackend } from '../src/index.js';

await goldenSuite({ runner: { describe, it, afterAll }, backend: () => createWasmBackend() });
