import { implement, kernels } from '@wtilde/core-types';
import { preloadSource } from '@wtilde/numerics';
import { displacementSource } from '../shared/displacementSource.js';
import { logLikelihoodMethods } from '../shared/evidence.js';

export const logLikelihoodFunctionViaPreloadFrom = implement(
  kernels.logLikelihoodFunctionViaPreloadFrom,
  logLikelihoodMethods(displacementSource(preloadSource('wTildePreload'))),
);
