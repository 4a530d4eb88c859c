import type { KernelRunArgs, SyncImplementation } from '@wtilde/core-types';
import { dirtyImageStrengths } from '../fourier/strengths.js';
import { type ImageOfVisibilities, imageDirectly, imageFactorised } from '../shared/imageOfVisibilities.js';
import { direct, factorised } from '../shared/transformCosts.js';

export const dirtyImageInterferometerFrom: SyncImplementation<'dirtyImageInterferometerFrom'> = {
  methods: {
    factorised: { ...factorised, run: (args, context) => imageFactorised(sumOf(args), context) },
    direct: { ...direct, run: (args, context) => imageDirectly(sumOf(args), context) },
  },
};

function sumOf(args: KernelRunArgs<'dirtyImageInterferometerFrom'>): ImageOfVisibilities {
  return {
    ...args,
    kernel: 'dirtyImageInterferometerFrom',
    strengths: dirtyImageStrengths(args.data.data, args.noiseMap.data),
  };
}
