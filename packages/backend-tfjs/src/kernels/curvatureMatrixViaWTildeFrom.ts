import type { Engine } from '../engine/engine.js';
import { denseCurvature, denseCurvatureFacts } from '../shared/curvature.js';
import { onHost } from '../shared/methods.js';

export const curvatureMatrixViaWTildeFrom = (engine: Engine) =>
  onHost<'curvatureMatrixViaWTildeFrom'>({
    dense: {
      ...denseCurvatureFacts,
      run({ wTilde, mappingMatrix }, context) {
        const { M } = context.sizes;
        const writeRow = (i: number, out: Float32Array, start: number) =>
          out.set(wTilde.data.subarray(i * M, (i + 1) * M), start);
        return denseCurvature(engine, writeRow, mappingMatrix.data, context.sizes, context);
      },
    },
  });
