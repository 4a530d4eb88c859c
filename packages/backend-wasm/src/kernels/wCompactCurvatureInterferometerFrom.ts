import { implement, kernels } from '@wtilde/core-types';
import { compactDisplacements, displacementMethods } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { displacementStrategies } from '../shared/displacementSums.js';

export const wCompactCurvatureInterferometerFrom = (engine: Engine) =>
  implement(
    kernels.wCompactCurvatureInterferometerFrom,
    displacementMethods(displacementStrategies(engine), compactDisplacements),
  );
