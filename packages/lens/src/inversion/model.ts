import type { NdArray } from '@wtilde/core-types';
import type { LensModel } from '../lensModel.js';
import type { Mesh } from '../mesh/mesh.js';
import type { Regularization } from '../regularization/kinds.js';

/** One guess at the lens, and how its source is to be reconstructed. */
export interface Model {
  /** Its light is left aside, which `lightEvidence` does not. */
  readonly lens: LensModel;
  readonly mesh: Mesh;
  readonly regularization: Regularization;
  /**
   * (M) or (Ny, Nx): the lensed source as it is known before, which adaptive meshes and regularizations follow; such as the
   * `mappedReconstructedImage()` of an earlier evidence.
   */
  readonly adaptImage?: NdArray<'real'> | undefined;
  /** Whether what is traced beyond the border of the mask is drawn back to it, as PyAutoLens does by default; false here. */
  readonly useBorderRelocator?: boolean | undefined;
}
