import { implement, type KernelRunArgs, kernels } from '@wtilde/core-types';
import { dirtyImageStrengths } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { imageMethods } from '../shared/imageOfVisibilities.js';

type Args = KernelRunArgs<'dirtyImageInterferometerFrom'>;

export const dirtyImageInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.dirtyImageInterferometerFrom,
    imageMethods(engine, 'dirtyImageInterferometerFrom', (args: Args) => ({
      ...args,
      strengths: dirtyImageStrengths(args.data.data, args.noiseMap.data),
    })),
  );
