import { equivalenceSuite } from '@wtilde/testkit';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createLoopsBackend } from '../src/index.js';

await equivalenceSuite({ runner: { describe, it, beforeAll, afterAll }, backend: createLoopsBackend });
