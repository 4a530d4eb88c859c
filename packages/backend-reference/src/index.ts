import { defineSyncBackend, type KernelName, type SyncBackend } from '@wtilde/core-types';
import * as implementations from './kernels/index.js';

export type ReferenceBackend = SyncBackend<keyof typeof implementations & KernelName, 'reference'>;

/**
 * The backend that every other one is held against: each kernel literally from its definition, float64, synchronous.
 * Readable first; use another backend where time matters.
 */
export function createReferenceBackend(): ReferenceBackend {
  return defineSyncBackend({
    id: 'reference',
    precision: 'float64',
    info: { summary: 'plain TypeScript, literal from the definitions', deviceMemory: false },
    implementations,
  });
}
