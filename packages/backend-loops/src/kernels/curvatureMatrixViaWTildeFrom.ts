import { real, type SyncImplementation } from '@wtilde/core-types';
import { curvatureOfDenseMapping, curvatureViaWTilde } from '../linalg/curvatureViaWTilde.js';

export const curvatureMatrixViaWTildeFrom: SyncImplementation<'curvatureMatrixViaWTildeFrom'> = {
  methods: {
    /** Through the elements of T that are not zero. */
    sparse: {
      cost: ({ M, S, nonZeros = M * S }) => ({
        flops: 2 * nonZeros * (M + S),
        bytes: 8 * (M * M + M * S + S * S),
        time: 0.7 * nonZeros * (M + S) + M * S,
      }),
      run: ({ wTilde, mappingMatrix }, { sizes: { M, S } }) =>
        real(curvatureViaWTilde(wTilde.data, mappingMatrix.data, M, S), [S, S]),
    },
    /** Register-blocked products, whatever T holds. */
    dense: {
      cost: ({ M, S }) => ({
        flops: 2 * M * M * S + 2 * M * S * S,
        bytes: 8 * (M * M + M * S + S * S),
        time: 0.5 * M * S * (M + S),
      }),
      run: ({ wTilde, mappingMatrix }, { sizes: { M, S } }) =>
        real(curvatureOfDenseMapping(wTilde.data, mappingMatrix.data, M, S), [S, S]),
    },
  },
};
