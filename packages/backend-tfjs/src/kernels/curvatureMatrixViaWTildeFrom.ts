import type { Engine } from '../engine/engine.js';
import { denseCurvature, denseCurvatureFacts, denseOperator } from '../shared/curvature.js';
import { onHost } from '../shared/methods.js';

export const curvatureMatrixViaWTildeFrom = (engine: Engine) =>
  onHost<'curvatureMatrixViaWTildeFrom'>({
    dense: {
      ...denseCurvatureFacts,
      run({ wTilde, mappingMatrix }, context) {
        return denseCurvature(engine, denseOperator(wTilde), mappingMatrix.data, context.sizes, context);
      },
    },
  });
