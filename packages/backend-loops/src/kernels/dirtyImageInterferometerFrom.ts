import { implement, type KernelRunArgs, kernels } from '@wtilde/core-types';
import { dirtyImageStrengths } from '@wtilde/numerics';
import { imageMethods } from '../shared/imageOfVisibilities.js';

export const dirtyImageInterferometerFrom = implement(
  kernels.dirtyImageInterferometerFrom,
  imageMethods('dirtyImageInterferometerFrom', ({ data, noiseMap }: KernelRunArgs<'dirtyImageInterferometerFrom'>) =>
    dirtyImageStrengths(data.data, noiseMap.data),
  ),
);
