import { createReferenceBackend } from '@wtilde/backend-reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { equivalenceSuite } from '../src/index.js';

// The reference against itself: whatever fails here is wrong in the suite or in the contract.
await equivalenceSuite({
  runner: { describe, it, expect, beforeAll, afterAll },
  backend: createReferenceBackend,
});
