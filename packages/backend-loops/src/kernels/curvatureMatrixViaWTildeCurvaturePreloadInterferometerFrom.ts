import { implement, kernels } from '@wtilde/core-types';
import { preloadSource } from '@wtilde/numerics';
import { curvatureMethods } from '../shared/curvatureMethods.js';

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = implement(
  kernels.curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom,
  curvatureMethods(preloadSource('curvaturePreload')),
);
