import { RIDGE } from '@wtilde/numerics';
import { regularizationKind } from './kind.js';
import { byEdges, neighborGraph } from './neighborPrior.js';

/** Towards neighbours and towards zero. */
export const constantZeroth = regularizationKind({
  doc: 'every source pixel is drawn towards its neighbours, and towards zero',
  formula: 's^t H s = coefficientNeighbor^2 sum over neighbours (s_i - s_j)^2 + (coefficientZeroth^2 + 1e-8) sum s_i^2',
  source: 'Warren & Dye 2003',
  upstream: 'ConstantZeroth',
  parameters: {
    coefficientNeighbor: { doc: 'how strongly neighbours are drawn together', above: 0 },
    coefficientZeroth: { doc: 'how strongly every pixel is drawn towards zero', minimum: 0 },
  },
  prior({ coefficientNeighbor, coefficientZeroth }, mesh) {
    const graph = neighborGraph(
      mesh,
      () => coefficientNeighbor * coefficientNeighbor,
      () => coefficientZeroth * coefficientZeroth + RIDGE,
    );
    return {
      graph,
      pull: (byWeights: Float64Array, byDiagonal: Float64Array) => ({
        parameters: {
          coefficientNeighbor: (2 / coefficientNeighbor) * byEdges(graph, byWeights),
          coefficientZeroth: 2 * coefficientZeroth * byDiagonal.reduce((sum, each) => sum + each, 0),
        },
      }),
    };
  },
});
