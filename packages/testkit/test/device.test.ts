import { afterAll, describe, it } from 'vitest';
import { defaultDatasets, equivalenceSuite } from '../src/index.js';
import { createDeviceBackend } from './support/deviceBackend.js';

// Everything of the suite that only asynchronous backends with memory of their own see.
const datasets = defaultDatasets().filter(({ name }) => /^(tiny|sub-pixels|rectangular)/.test(name));
await equivalenceSuite({ runner: { describe, it, afterAll }, backend: createDeviceBackend, datasets });
