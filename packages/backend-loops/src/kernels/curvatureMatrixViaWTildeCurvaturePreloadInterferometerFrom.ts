import type { SyncImplementation } from '@wtilde/core-types';
import { curvatureMethods } from '../shared/curvatureMethods.js';
import { preloadSource } from '../shared/operatorSources.js';

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom: SyncImplementation<'curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom'> =
  {
    methods: curvatureMethods(preloadSource('curvaturePreload')),
  };
