import { implement, kernels } from '@wtilde/core-types';
import { curvatureMethods } from '../shared/curvatureMethods.js';
import { preloadSource } from '../shared/operatorSources.js';

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = implement(
  kernels.curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom,
  curvatureMethods(preloadSource('curvaturePreload')),
);
