import { implement, type KernelRunArgs, kernels } from '@wtilde/core-types';
import { wTildeDataStrengths } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { imageMethods } from '../shared/imageOfVisibilities.js';

type Args = KernelRunArgs<'wTildeDataInterferometerFrom'>;

export const wTildeDataInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.wTildeDataInterferometerFrom,
    imageMethods(engine, 'wTildeDataInterferometerFrom', (args: Args) => ({
      ...args,
      strengths: wTildeDataStrengths(args.visibilitiesReal.data, args.noiseMapReal.data),
    })),
  );
