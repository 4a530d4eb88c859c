import { kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { denseCurvature, denseCurvatureFacts, denseOperator } from '../shared/curvature.js';
import { onHost } from '../shared/methods.js';

export const curvatureMatrixViaWTildeFrom = (engine: Engine) =>
  onHost(kernels.curvatureMatrixViaWTildeFrom, {
    dense: {
      ...denseCurvatureFacts,
      run({ wTilde, mappingMatrix }, context) {
        return denseCurvature(engine, denseOperator(wTilde), mappingMatrix.data, context.sizes, context);
      },
    },
  });
