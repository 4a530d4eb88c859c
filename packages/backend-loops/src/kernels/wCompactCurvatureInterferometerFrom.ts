import { implement, kernels } from '@wtilde/core-types';
import { compactDisplacements, displacementMethods } from '@wtilde/numerics';
import { displacementStrategies } from '../shared/displacementSums.js';

export const wCompactCurvatureInterferometerFrom = implement(
  kernels.wCompactCurvatureInterferometerFrom,
  displacementMethods(displacementStrategies, compactDisplacements),
);
