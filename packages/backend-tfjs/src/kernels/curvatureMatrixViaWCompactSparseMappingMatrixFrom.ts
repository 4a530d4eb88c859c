import { kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { denseCurvature, denseCurvatureFacts } from '../shared/curvature.js';
import { denseMapping } from '../shared/mapping.js';
import { onHost } from '../shared/methods.js';
import { inCompact } from '../shared/wLookup.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = (engine: Engine) =>
  onHost(kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom, {
    dense: {
      ...denseCurvatureFacts,
      run({ wCompact, nativeIndexForSlimIndex, pixels, ...mapping }, context) {
        const W = { values: wCompact.data, at: inCompact(wCompact, nativeIndexForSlimIndex) };
        return denseCurvature(engine, W, denseMapping(mapping, pixels), context.sizes, context);
      },
    },
  });
