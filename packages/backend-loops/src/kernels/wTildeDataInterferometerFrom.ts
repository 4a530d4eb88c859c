import type { KernelRunArgs, SyncImplementation } from '@wtilde/core-types';
import { wTildeDataStrengths } from '../fourier/strengths.js';
import { type ImageOfVisibilities, imageDirectly, imageFactorised } from '../shared/imageOfVisibilities.js';
import { direct, factorised } from '../shared/transformCosts.js';

export const wTildeDataInterferometerFrom: SyncImplementation<'wTildeDataInterferometerFrom'> = {
  methods: {
    factorised: { ...factorised, run: (args, context) => imageFactorised(sumOf(args), context) },
    direct: { ...direct, run: (args, context) => imageDirectly(sumOf(args), context) },
  },
};

function sumOf(args: KernelRunArgs<'wTildeDataInterferometerFrom'>): ImageOfVisibilities {
  return {
    ...args,
    kernel: 'wTildeDataInterferometerFrom',
    strengths: wTildeDataStrengths(args.visibilitiesReal.data, args.noiseMapReal.data),
  };
}
