import {
  type AccumulatorSpec,
  createKernelAccumulator,
  radiansPerPixel,
  type SyncBackend,
  type VisibilityAccumulator,
} from '@wtilde/core-types';
import { findImageLattice, type ImageLattice, nufftCanRun } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { NufftAccumulator } from './nufftAccumulator.js';
import type { PendingVisibilities } from './pendingVisibilities.js';

/** The accumulators of an engine; those over its kernels where both transforms cannot share a grid. */
export function accumulatorsOn(engine: Engine) {
  // Whoever gives up on visibilities drops the accumulator and cannot say so.
  const dropped = new FinalizationRegistry<PendingVisibilities>((pending) => pending.release());
  return (
    kernels: Parameters<typeof createKernelAccumulator>[0] & SyncBackend['kernels'],
    spec: AccumulatorSpec,
  ): VisibilityAccumulator => {
    const grid = findImageLattice(spec.gridRadiansSlim);
    if (grid === undefined || !shareGrid(spec, grid)) return createKernelAccumulator(kernels, spec);
    const accumulator = new NufftAccumulator(engine, spec, grid);
    dropped.register(accumulator, accumulator.pending);
    return accumulator;
  };
}

/** Whether the pixels stand on the lattice of the displacements, to rounding. */
function shareGrid(spec: AccumulatorSpec, { lattice }: ImageLattice): boolean {
  const { rows, columns, pitchY, pitchX } = lattice;
  const { gridSize } = spec;
  if (gridSize === 0 || Math.max(rows, columns) > gridSize || nufftCanRun(spec) !== true) return false;
  const pitch = radiansPerPixel(spec.pixelScale);
  // The pitch of one row or column is 0.
  const isShared = (other: number) => Math.abs(other - pitch) * (gridSize - 1) <= 4 * Number.EPSILON * gridSize * pitch;
  return (rows === 1 || isShared(pitchY)) && (columns === 1 || isShared(pitchX));
}
