import { implement, kernels } from '@wtilde/core-types';
import { displacementSource } from '../shared/displacementSource.js';
import { logLikelihoodMethods } from '../shared/evidence.js';
import { preloadSource } from '../shared/operatorSources.js';

export const logLikelihoodFunctionViaPreloadFrom = implement(
  kernels.logLikelihoodFunctionViaPreloadFrom,
  logLikelihoodMethods(displacementSource(preloadSource('wTildePreload'))),
);
