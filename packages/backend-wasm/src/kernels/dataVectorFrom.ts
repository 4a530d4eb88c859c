import { implement, type KernelRunArgs, kernels, type RunContext, real } from '@wtilde/core-types';
import { dataVectorFrom as onTheHost } from '@wtilde/numerics/kernels';
import type { Engine } from '../engine/engine.js';
import { timesDense } from '../linalg/timesDense.js';
import { keep } from '../shared/kept.js';

type Args = KernelRunArgs<'dataVectorFrom'>;

/** Moving T into the memory takes as long as using it once: only a bound T is multiplied there. */
export const dataVectorFrom = (engine: Engine) =>
  implement(kernels.dataVectorFrom, {
    rows: {
      ...onTheHost.methods.rows,
      bind({ mappingMatrix }: Args, fixed: ReadonlySet<string>, { sizes: { M, S } }: RunContext) {
        if (!fixed.has('mappingMatrix')) return undefined;
        const { value: times, dispose } = keep(engine, (arena) => timesDense(engine, arena, mappingMatrix.data, M, S));
        return { run: ({ dirtyImage }: Args) => real(times(dirtyImage.data)), dispose };
      },
    },
  });
