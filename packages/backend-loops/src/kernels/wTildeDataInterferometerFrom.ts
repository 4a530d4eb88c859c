import { implement, type KernelRunArgs, kernels } from '@wtilde/core-types';
import { imageMethods, wTildeDataStrengths } from '@wtilde/numerics';
import { imageSums } from '../shared/imageOfVisibilities.js';
import { transforms } from '../shared/transformCosts.js';

const name = 'wTildeDataInterferometerFrom';
type Args = KernelRunArgs<typeof name>;

export const wTildeDataInterferometerFrom = implement(
  kernels.wTildeDataInterferometerFrom,
  imageMethods(imageSums, transforms, name, ({ visibilitiesReal, noiseMapReal }: Args) =>
    wTildeDataStrengths(visibilitiesReal.data, noiseMapReal.data),
  ),
);
