import { createReferenceBackend } from '@wtilde/backend-reference';
import { afterAll, describe, it } from 'vitest';
import { goldenSuite } from '../src/node.js';

await goldenSuite({ runner: { describe, it, afterAll }, backend: createReferenceBackend });
