import { implement, kernels } from '@wtilde/core-types';
import { preloadSource } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { curvatureMethods } from '../shared/curvatureMethods.js';

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom,
    curvatureMethods(engine, preloadSource('curvaturePreload')),
  );
