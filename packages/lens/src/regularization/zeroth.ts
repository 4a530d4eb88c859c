import { coefficient, regularizationKind } from './kind.js';
import { byPixels, diagonalGraph } from './neighborPrior.js';

/** Every source pixel is drawn towards zero. */
export const zeroth = regularizationKind({
  doc: 'every source pixel is drawn towards zero',
  formula: 's^t H s = coefficient^2 sum s_i^2',
  source: 'Warren & Dye 2003',
  upstream: 'Zeroth',
  parameters: { coefficient },
  prior({ coefficient }, { mapper }) {
    const graph = diagonalGraph(mapper.pixels, () => coefficient * coefficient);
    return {
      graph,
      pull: (_, byDiagonal) => ({ parameters: { coefficient: (2 / coefficient) * byPixels(graph, byDiagonal) } }),
    };
  },
});
