import { implement, kernels } from '@wtilde/core-types';
import { curvatureMethods } from '../shared/curvatureMethods.js';
import { compactSource } from '../shared/operatorSources.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = implement(
  kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom,
  curvatureMethods(compactSource),
);
