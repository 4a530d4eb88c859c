import type { KernelRunArgs, SyncImplementation } from '@wtilde/core-types';
import { wTildeDataStrengths } from '@wtilde/numerics';
import { imageMethods } from '../shared/imageOfVisibilities.js';

export const wTildeDataInterferometerFrom: SyncImplementation<'wTildeDataInterferometerFrom'> = {
  methods: imageMethods(
    'wTildeDataInterferometerFrom',
    ({ visibilitiesReal, noiseMapReal }: KernelRunArgs<'wTildeDataInterferometerFrom'>) =>
      wTildeDataStrengths(visibilitiesReal.data, noiseMapReal.data),
  ),
};
