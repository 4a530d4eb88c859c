import type { Engine } from '../engine/engine.js';
import { denseCurvature, denseCurvatureFacts } from '../shared/curvature.js';
import { denseMapping } from '../shared/mapping.js';
import { onHost } from '../shared/methods.js';
import { inPreload, writeRows } from '../shared/wLookup.js';

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = (engine: Engine) =>
  onHost<'curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom'>({
    dense: {
      ...denseCurvatureFacts,
      run({ curvaturePreload, nativeIndexForSlimIndex, pixels, ...mapping }, context) {
        const writeRow = writeRows(
          curvaturePreload,
          inPreload(curvaturePreload, nativeIndexForSlimIndex),
          context.sizes.M,
        );
        return denseCurvature(engine, writeRow, denseMapping(mapping, pixels), context.sizes, context);
      },
    },
  });
