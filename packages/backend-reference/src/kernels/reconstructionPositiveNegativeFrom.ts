import { implement, kernels, real } from '@wtilde/core-types';
import { solvePositiveDefinite } from '../math/cholesky.js';

export const reconstructionPositiveNegativeFrom = implement(kernels.reconstructionPositiveNegativeFrom, {
  direct: {
    cost: ({ S }) => ({ flops: S ** 3 / 3 + 2 * S ** 2, bytes: 8 * (2 * S * S + 2 * S) }),
    run: ({ dataVector, curvatureRegMatrix }) => real(solvePositiveDefinite(curvatureRegMatrix.data, dataVector.data)),
  },
});
