import { goldenSuite } from '@wtilde/testkit/node';
import { afterAll, describe, it } from 'vitest';
import { createTfjsBackend } from '../src/index.js';

await goldenSuite({ runner: { describe, it, afterAll }, backend: () => createTfjsBackend({ engine: 'wasm' }) });
