import { implement, kernels, real, type Sizes } from '@wtilde/core-types';
import { columnsOfDense } from '@wtilde/numerics';
import { type CurvatureSizes, denseMappingCost, denseWScanCost } from '../costs/curvatures.js';
import { curvatureFromDenseW } from '../linalg/curvatureFromDenseW.js';
import { curvatureOfDenseMapping } from '../linalg/curvatureOfDenseMapping.js';

/** Without a measure T is taken as full. */
function curvatureSizesOf({ M, S, nonZeros = M * S }: Sizes): CurvatureSizes {
  return { imagePixels: M, pixels: S, nonZeros };
}

function bytes({ M, S }: Sizes): number {
  return 8 * (M * M + M * S + S * S);
}

export const curvatureMatrixViaWTildeFrom = implement(kernels.curvatureMatrixViaWTildeFrom, {
  /** Through the elements of T that are not zero. */
  sparse: {
    cost: (sizes) => ({ ...denseWScanCost(curvatureSizesOf(sizes)), bytes: bytes(sizes) }),
    run: ({ wTilde, mappingMatrix }, { sizes: { M, S } }) =>
      real(curvatureFromDenseW(wTilde.data, columnsOfDense(M, S, mappingMatrix.data)), [S, S]),
  },
  /** Register-blocked products, whatever T holds. */
  dense: {
    cost: (sizes) => ({ ...denseMappingCost(curvatureSizesOf(sizes)), bytes: bytes(sizes) }),
    run: ({ wTilde, mappingMatrix }, { sizes: { M, S } }) =>
      real(curvatureOfDenseMapping(wTilde.data, mappingMatrix.data, M, S), [S, S]),
  },
});
