import { implement, kernels, real } from '@wtilde/core-types';
import { factorEvidence, inverseOf, regularizationOfMatrix } from '@wtilde/numerics';

export const curvatureRegMatrixInverseFrom = implement(kernels.curvatureRegMatrixInverseFrom, {
  cholesky: {
    cost: ({ S }) => ({ flops: S ** 3, bytes: 40 * S * S }),
    run({ curvatureMatrix, regularizationMatrix }, { sizes: { S } }) {
      const regularization = regularizationOfMatrix(S, regularizationMatrix.data);
      return real(inverseOf(factorEvidence(curvatureMatrix.data, regularization)), [S, S]);
    },
  },
});
