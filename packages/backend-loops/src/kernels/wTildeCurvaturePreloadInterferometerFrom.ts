import { implement, kernels } from '@wtilde/core-types';
import { displacementMethods, preloadDisplacements } from '@wtilde/numerics';
import { displacementStrategies } from '../shared/displacementSums.js';

export const wTildeCurvaturePreloadInterferometerFrom = implement(
  kernels.wTildeCurvaturePreloadInterferometerFrom,
  displacementMethods(displacementStrategies, preloadDisplacements),
);
