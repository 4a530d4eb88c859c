import {
  type AccumulatorSpec,
  createKernelAccumulator,
  defineSyncBackend,
  type KernelName,
  type SyncBackend,
} from '@wtilde/core-types';
import { findImageLattice } from '@wtilde/numerics';
import { NufftAccumulator } from './accumulator/nufftAccumulator.js';
import * as implementations from './kernels/index.js';

export type LoopsBackend = SyncBackend<keyof typeof implementations & KernelName, 'loops'>;

/** Every kernel as fast loops over typed arrays: float64, synchronous, runs anywhere JavaScript does. */
export function createLoopsBackend(): LoopsBackend {
  const backend: LoopsBackend = defineSyncBackend({
    id: 'loops',
    precision: 'float64',
    info: { summary: 'typed-array loops in plain TypeScript', deviceMemory: false },
    implementations,
    createAccumulator(spec: AccumulatorSpec) {
      const grid = findImageLattice(spec.gridRadiansSlim);
      return grid === undefined ? createKernelAccumulator(backend.kernels, spec) : new NufftAccumulator(spec, grid);
    },
  });
  return backend;
}
