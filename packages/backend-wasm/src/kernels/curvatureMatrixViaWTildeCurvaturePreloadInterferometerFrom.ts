import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { curvatureMethods } from '../shared/curvatureMethods.js';
import { preloadSource } from '../shared/operatorSources.js';

export const curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom,
    curvatureMethods(engine, preloadSource('curvaturePreload')),
  );
