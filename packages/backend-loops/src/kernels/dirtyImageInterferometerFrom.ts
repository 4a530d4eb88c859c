import type { KernelRunArgs, SyncImplementation } from '@wtilde/core-types';
import { dirtyImageStrengths } from '@wtilde/numerics';
import { imageMethods } from '../shared/imageOfVisibilities.js';

export const dirtyImageInterferometerFrom: SyncImplementation<'dirtyImageInterferometerFrom'> = {
  methods: imageMethods(
    'dirtyImageInterferometerFrom',
    ({ data, noiseMap }: KernelRunArgs<'dirtyImageInterferometerFrom'>) =>
      dirtyImageStrengths(data.data, noiseMap.data),
  ),
};
