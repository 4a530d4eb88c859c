import { constantGraph } from '@wtilde/numerics';
import { coefficient, regularizationKind } from './kind.js';
import { byEdges } from './neighborPrior.js';

/** Every source pixel is drawn towards its neighbours alike. */
export const constant = regularizationKind({
  doc: 'every source pixel is drawn towards its neighbours alike',
  formula: 's^t H s = coefficient^2 sum over neighbours (s_i - s_j)^2 + 1e-8 sum s_i^2',
  source: 'Warren & Dye 2003',
  upstream: 'Constant',
  parameters: { coefficient },
  prior({ coefficient }, { mapper }) {
    const { pixels: order, neighbors, neighborsSizes } = mapper;
    const graph = constantGraph(coefficient, { order, neighbors: neighbors.data, sizes: neighborsSizes.data });
    return {
      graph,
      pull: (byWeights: Float64Array) => ({
        parameters: { coefficient: (2 / coefficient) * byEdges(graph, byWeights) },
      }),
    };
  },
});
