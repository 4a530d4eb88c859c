import type { Engine } from '../engine/engine.js';
import { denseCurvature, denseCurvatureFacts } from '../shared/curvature.js';
import { denseMapping } from '../shared/mapping.js';
import { onHost } from '../shared/methods.js';

export const curvatureMatrixViaWTildeSparseMappingMatrixFrom = (engine: Engine) =>
  onHost<'curvatureMatrixViaWTildeSparseMappingMatrixFrom'>({
    dense: {
      ...denseCurvatureFacts,
      run({ wTilde, pixels, ...mapping }, context) {
        const { M } = context.sizes;
        const writeRow = (i: number, out: Float32Array, start: number) =>
          out.set(wTilde.data.subarray(i * M, (i + 1) * M), start);
        return denseCurvature(engine, writeRow, denseMapping(mapping, pixels), context.sizes, context);
      },
    },
  });
