import type { LensModel } from '../lensModel.js';
import type { Mesh } from '../mesh/mesh.js';
import type { Regularization } from '../regularization/regularization.js';

/** One guess at the lens, and how its source is to be reconstructed. */
export interface Model {
  readonly lens: Pick<LensModel, 'mass'>;
  readonly mesh: Mesh;
  readonly regularization: Regularization;
}
