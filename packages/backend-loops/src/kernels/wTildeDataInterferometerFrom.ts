import { implement, type KernelRunArgs, kernels } from '@wtilde/core-types';
import { wTildeDataStrengths } from '@wtilde/numerics';
import { imageMethods } from '../shared/imageOfVisibilities.js';

export const wTildeDataInterferometerFrom = implement(
  kernels.wTildeDataInterferometerFrom,
  imageMethods(
    'wTildeDataInterferometerFrom',
    ({ visibilitiesReal, noiseMapReal }: KernelRunArgs<'wTildeDataInterferometerFrom'>) =>
      wTildeDataStrengths(visibilitiesReal.data, noiseMapReal.data),
  ),
);
