import type { Engine } from '../engine/engine.js';
import { denseCurvature, denseCurvatureFacts } from '../shared/curvature.js';
import { denseMapping } from '../shared/mapping.js';
import { onHost } from '../shared/methods.js';
import { inCompact, writeRows } from '../shared/wLookup.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = (engine: Engine) =>
  onHost<'curvatureMatrixViaWCompactSparseMappingMatrixFrom'>({
    dense: {
      ...denseCurvatureFacts,
      run({ wCompact, nativeIndexForSlimIndex, pixels, ...mapping }, context) {
        const writeRow = writeRows(wCompact, inCompact(wCompact, nativeIndexForSlimIndex), context.sizes.M);
        return denseCurvature(engine, writeRow, denseMapping(mapping, pixels), context.sizes, context);
      },
    },
  });
