import { implement, kernels, real } from '@wtilde/core-types';
import { leastOfPositive } from '../math/leastOfPositive.js';

export const reconstructionPositiveOnlyFrom = implement(kernels.reconstructionPositiveOnlyFrom, {
  direct: {
    cost: ({ S }) => ({ flops: S ** 3, bytes: 8 * (S ** 3 + 2 * S) }),
    run({ dataVector, curvatureRegMatrix, zeroedPixels }) {
      const least = leastOfPositive(curvatureRegMatrix.data, dataVector.data, zeroedPixels?.data);
      return { ...least, reconstruction: real(least.reconstruction) };
    },
  },
});
