import { crossPrior } from './crossPrior.js';
import { coefficient, regularizationKind } from './kind.js';

/** Every source pixel is drawn towards the source around it. */
export const constantSplit = regularizationKind({
  doc: 'every source pixel is drawn towards four points of a cross around it, as wide as its area',
  formula:
    's^t H s = coefficient^2 sum over crosses (s_i - s(v_i +- r_i e))^2 + 1e-8 sum s_i^2, r_i = sqrt(area_i) / 2',
  source: 'He et al. 2024',
  upstream: 'ConstantSplit',
  needs: 'triangles',
  parameters: { coefficient },
  prior({ coefficient }, mesh) {
    const prior = crossPrior(mesh, new Float64Array(mesh.mapper.pixels).fill(coefficient), 'constantSplit');
    return {
      ...prior,
      pull(byMatrix: Float64Array, byLogDet?: number) {
        const { weights, vertices } = prior.pull(byMatrix, byLogDet);
        return { parameters: { coefficient: weights.reduce((sum, each) => sum + each, 0) }, vertices };
      },
    };
  },
});
