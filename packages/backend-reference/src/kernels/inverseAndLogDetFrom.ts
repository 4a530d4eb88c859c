import { implement, kernels, real } from '@wtilde/core-types';
import { cholesky, inverseOf } from '../math/cholesky.js';
import { mirrored } from '../math/factorInLevels.js';

export const inverseAndLogDetFrom = implement(kernels.inverseAndLogDetFrom, {
  direct: {
    cost: ({ S }) => ({ flops: S ** 3, bytes: 32 * S * S }),
    run({ curvatureRegMatrix }, { sizes: { S } }) {
      const L = cholesky(mirrored(curvatureRegMatrix.data, S), S);
      let logDeterminant = 0;
      for (let i = 0; i < S; i++) logDeterminant += 2 * Math.log(L[i * S + i]);
      return { inverse: real(mirrored(inverseOf(L, S), S), [S, S]), logDeterminant };
    },
  },
});
