import { implement, kernels, real } from '@wtilde/core-types';
import { choleskyOf, inverseInBasis, logDeterminant } from '@wtilde/numerics';

export const inverseAndLogDetFrom = implement(kernels.inverseAndLogDetFrom, {
  cholesky: {
    cost: ({ S }) => ({ flops: S ** 3, bytes: 32 * S * S }),
    run({ curvatureRegMatrix }, { sizes: { S } }) {
      const factor = choleskyOf(S, [curvatureRegMatrix.data]);
      return { inverse: real(inverseInBasis(factor), [S, S]), logDeterminant: logDeterminant(factor) };
    },
  },
});
