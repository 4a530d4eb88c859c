import { coefficient, regularizationKind } from './kind.js';
import { byPixels, diagonalGraph } from './neighborPrior.js';

/** Every source pixel is drawn towards zero. */
export const zeroth = regularizationKind({
  doc: 'every source pixel is drawn towards zero',
  formula: 's^t H s = coefficient^2 sum s_i^2',
  source: 'Warren & Dye 2003',
  upstream: 'Zeroth',
  parameters: { coefficient },
  prior({ coefficient }, mesh) {
    const graph = diagonalGraph(mesh, () => coefficient * coefficient);
    return {
      graph,
      pull: (_: Float64Array, byDiagonal: Float64Array) => ({
        parameters: { coefficient: (2 / coefficient) * byPixels(graph, byDiagonal) },
      }),
    };
  },
});
