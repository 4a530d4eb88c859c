/** What an evidence needs of the visibilities besides W and the dirty image, from the arguments of its kernel. */
import type { NdArray } from '@wtilde/core-types';
import { chiSquared0, noiseNormalization } from '../noiseSums.js';

interface VisibilitySums {
  readonly chiSquared0: number;
  readonly noiseNormalization: number;
}

export interface SumsSource<A> {
  /** The arguments that they are made of. */
  readonly from: readonly string[];
  prepare(args: A): VisibilitySums;
}

export const preparedSums: SumsSource<VisibilitySums> = {
  from: ['chiSquared0', 'noiseNormalization'],
  prepare: (args) => ({ chiSquared0: args.chiSquared0, noiseNormalization: args.noiseNormalization }),
};

export const summedVisibilities: SumsSource<{
  readonly data: NdArray<'complex'>;
  readonly noiseMap: NdArray<'complex'>;
}> = {
  from: ['data', 'noiseMap'],
  prepare: ({ data, noiseMap }) => ({
    chiSquared0: chiSquared0(data.data, noiseMap.data),
    noiseNormalization: noiseNormalization(noiseMap.data),
  }),
};
