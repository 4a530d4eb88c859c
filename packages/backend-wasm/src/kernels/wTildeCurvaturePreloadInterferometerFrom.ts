import { implement, kernels } from '@wtilde/core-types';
import { displacementMethods, preloadDisplacements } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { displacementStrategies } from '../shared/displacementSums.js';

export const wTildeCurvaturePreloadInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.wTildeCurvaturePreloadInterferometerFrom,
    displacementMethods(displacementStrategies(engine), preloadDisplacements),
  );
