import { implement, type KernelRunArgs, kernels } from '@wtilde/core-types';
import { imageMethods, wTildeDataStrengths } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { imageSums } from '../shared/imageOfVisibilities.js';
import { transforms } from '../shared/transformCosts.js';

const name = 'wTildeDataInterferometerFrom';
type Args = KernelRunArgs<typeof name>;

export const wTildeDataInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.wTildeDataInterferometerFrom,
    imageMethods(imageSums(engine), transforms, name, ({ visibilitiesReal, noiseMapReal }: Args) =>
      wTildeDataStrengths(visibilitiesReal.data, noiseMapReal.data),
    ),
  );
