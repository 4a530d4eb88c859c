import { kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { denseCurvature, denseCurvatureFacts, denseOperator } from '../shared/curvature.js';
import { denseMapping } from '../shared/mapping.js';
import { onHost } from '../shared/methods.js';

export const curvatureMatrixViaWTildeSparseMappingMatrixFrom = (engine: Engine) =>
  onHost(kernels.curvatureMatrixViaWTildeSparseMappingMatrixFrom, {
    dense: {
      ...denseCurvatureFacts,
      run({ wTilde, pixels, ...mapping }, context) {
        return denseCurvature(engine, denseOperator(wTilde), denseMapping(mapping, pixels), context.sizes, context);
      },
    },
  });
