import { equivalenceSuite } from '@wtilde/testkit';
import { afterAll, describe, it } from 'vitest';
import { createWebgpuBackend } from '../src/index.js';

await equivalenceSuite({ runner: { describe, it, afterAll }, id: 'webgpu', backend: () => createWebgpuBackend() });
