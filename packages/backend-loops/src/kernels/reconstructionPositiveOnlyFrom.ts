import { implement, kernels, real } from '@wtilde/core-types';
import { denseSystem, positiveSolution } from '@wtilde/numerics';

export const reconstructionPositiveOnlyFrom = implement(kernels.reconstructionPositiveOnlyFrom, {
  exchange: {
    cost: ({ S }) => ({ flops: S ** 3 / 2 + 30 * S ** 2, bytes: 8 * (10 * S * S + 2 * S) }),
    run({ dataVector, curvatureRegMatrix, zeroedPixels, similarReconstruction }) {
      const { reconstruction, violation, iterations } = positiveSolution(
        denseSystem(curvatureRegMatrix.data, dataVector.data),
        { zeroedPixels: zeroedPixels?.data, similar: similarReconstruction?.data },
      );
      return { reconstruction: real(reconstruction), violation, iterations };
    },
  },
});
