import { kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { denseCurvature, denseCurvatureFacts } from '../shared/curvature.js';
import { denseMapping } from '../shared/mapping.js';
import { onHost } from '../shared/methods.js';
import { inPreload } from '../shared/wLookup.js';

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = (engine: Engine) =>
  onHost(kernels.curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom, {
    dense: {
      ...denseCurvatureFacts,
      run({ curvaturePreload, nativeIndexForSlimIndex, pixels, ...mapping }, context) {
        const W = { values: curvaturePreload.data, at: inPreload(curvaturePreload, nativeIndexForSlimIndex) };
        return denseCurvature(engine, W, denseMapping(mapping, pixels), context.sizes, context);
      },
    },
  });
