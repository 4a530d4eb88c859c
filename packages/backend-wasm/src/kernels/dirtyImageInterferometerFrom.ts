import { implement, type KernelRunArgs, kernels } from '@wtilde/core-types';
import { dirtyImageStrengths, imageMethods } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { imageSums } from '../shared/imageOfVisibilities.js';
import { transforms } from '../shared/transformCosts.js';

const name = 'dirtyImageInterferometerFrom';
type Args = KernelRunArgs<typeof name>;

export const dirtyImageInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.dirtyImageInterferometerFrom,
    imageMethods(imageSums(engine), transforms, name, ({ data, noiseMap }: Args) =>
      dirtyImageStrengths(data.data, noiseMap.data),
    ),
  );
