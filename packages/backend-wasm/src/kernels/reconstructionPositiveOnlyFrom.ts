import { implement, kernels, real } from '@wtilde/core-types';
import { positiveSolution } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { positiveSystem } from '../linalg/positiveSystem.js';

export const reconstructionPositiveOnlyFrom = (engine: Engine) =>
  implement(kernels.reconstructionPositiveOnlyFrom, {
    exchange: {
      cost: ({ S }) => ({ flops: S ** 3 / 2 + 30 * S ** 2, bytes: 8 * (10 * S * S + 2 * S) }),
      run: ({ dataVector, curvatureRegMatrix, zeroedPixels, similarReconstruction }) =>
        engine.scoped((arena) => {
          const { reconstruction, violation, iterations } = positiveSolution(
            positiveSystem(engine, arena, curvatureRegMatrix.data, dataVector.data),
            { zeroedPixels: zeroedPixels?.data, similar: similarReconstruction?.data },
          );
          return { reconstruction: real(reconstruction), violation, iterations };
        }),
    },
  });
