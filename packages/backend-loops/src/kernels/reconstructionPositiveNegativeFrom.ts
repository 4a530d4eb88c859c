import { implement, kernels, real } from '@wtilde/core-types';
import { choleskyOf, solve } from '@wtilde/numerics';

export const reconstructionPositiveNegativeFrom = implement(kernels.reconstructionPositiveNegativeFrom, {
  cholesky: {
    cost: ({ S }) => ({ flops: S ** 3 / 3 + 2 * S ** 2, bytes: 8 * (2 * S * S + 2 * S) }),
    run: ({ dataVector, curvatureRegMatrix }, { sizes: { S } }) =>
      real(solve(choleskyOf(S, [curvatureRegMatrix.data]), dataVector.data)),
  },
});
