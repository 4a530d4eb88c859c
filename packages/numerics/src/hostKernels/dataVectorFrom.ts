import { implement, kernels, real } from '@wtilde/core-types';
import { dataVector } from '../dataVector.js';

export const dataVectorFrom = implement(kernels.dataVectorFrom, {
  rows: {
    cost: ({ M, S }) => ({ flops: 2 * M * S, bytes: 8 * (M * S + M + S) }),
    run: ({ mappingMatrix, dirtyImage }, { sizes: { S } }) => real(dataVector(mappingMatrix.data, dirtyImage.data, S)),
  },
});
