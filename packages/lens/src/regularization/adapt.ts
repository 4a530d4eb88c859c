import { RIDGE } from '@wtilde/numerics';
import { adaptParameters, adaptWeights } from './adaptWeights.js';
import { type GraphPrior, type RegularizedMesh, regularizationKind } from './kind.js';
import { forEachSlot, neighborGraph } from './neighborPrior.js';

const source = 'Nightingale, Dye & Massey 2018';

/** Bright pixels are regularized less than dark ones, as `Adapt` of PyAutoLens has it. */
export const adapt = regularizationKind({
  doc: 'bright source pixels are regularized by another coefficient than dark ones; coefficients count to the 4th power',
  formula:
    's^t H s = sum over neighbours (w_i^2 + w_j^2) (s_i - s_j)^2 + 1e-8 sum s_i^2, w = (innerCoefficient p + outerCoefficient (1 - p))^2',
  source,
  upstream: 'Adapt',
  needs: 'an adapt image',
  parameters: adaptParameters,
  prior: (values, mesh) => adaptPrior(mesh, adaptWeights(values, 2, mesh, 'adapt'), 1),
});

/** The same with coefficients that mean what they do in `constant`, which it is where both are equal. */
export const adaptPower = regularizationKind({
  doc: 'as adapt, with coefficients as constant has them: the same as constant where both are equal',
  formula:
    's^t H s = sum over neighbours (w_i^2 + w_j^2) / 2 (s_i - s_j)^2 + 1e-8 sum s_i^2, w = innerCoefficient p + outerCoefficient (1 - p)',
  source,
  upstream: 'AdaptPower',
  needs: 'an adapt image',
  parameters: adaptParameters,
  prior: (values, mesh) => adaptPrior(mesh, adaptWeights(values, 1, mesh, 'adaptPower'), 1 / 2),
});

/** Every edge weighs `share` of the squared weights of its ends. */
function adaptPrior(mesh: RegularizedMesh, weights: ReturnType<typeof adaptWeights>, share: number): GraphPrior {
  const w = weights.values;
  const graph = neighborGraph(
    mesh,
    (pixel, neighbor) => share * (w[pixel] * w[pixel] + w[neighbor] * w[neighbor]),
    () => RIDGE,
  );
  return {
    graph,
    pull(byWeights) {
      const byW = new Float64Array(w.length);
      forEachSlot(graph, (slot, pixel) => {
        byW[pixel] += byWeights[slot] * share * 2 * w[pixel];
      });
      return weights.pull(byW);
    },
  };
}
