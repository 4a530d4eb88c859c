import { defineSyncBackend, type KernelName, type SyncBackend } from '@wtilde/core-types';
import * as implementations from './kernels/index.js';

export type LoopsBackend = SyncBackend<keyof typeof implementations & KernelName>;

/** Every kernel as fast loops over typed arrays: float64, synchronous, runs anywhere JavaScript does. */
export function createLoopsBackend(): LoopsBackend {
  return defineSyncBackend({
    id: 'loops',
    precision: 'float64',
    info: { summary: 'typed-array loops in plain TypeScript', deviceMemory: false },
    implementations,
  });
}
