import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import { curvatureMethods } from '../shared/curvatureMethods.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = implement(
  kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom,
  curvatureMethods(compactSource),
);
