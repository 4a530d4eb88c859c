import { implement, kernels, real } from '@wtilde/core-types';
import { factorInLevels, inverseForm, mirrored } from '../math/factorInLevels.js';
import { rowSums } from '../math/levels.js';

export const curvatureRegMatrixInverseFrom = implement(kernels.curvatureRegMatrixInverseFrom, {
  direct: {
    cost: ({ S }) => ({ flops: S ** 3 + 9 * S ** 2, bytes: 40 * S * S }),
    run({ curvatureMatrix, regularizationMatrix }, { sizes: { S } }) {
      const F = mirrored(curvatureMatrix.data, S);
      const H = mirrored(regularizationMatrix.data, S);
      const inverse = inverseForm(factorInLevels(F, H, rowSums(H, S)));
      const elements = F.map((_, at) => {
        const [i, j] = [Math.floor(at / S), at % S];
        return inverse([[Math.max(i, j), 1]], [[Math.min(i, j), 1]]);
      });
      return real(elements, [S, S]);
    },
  },
});
