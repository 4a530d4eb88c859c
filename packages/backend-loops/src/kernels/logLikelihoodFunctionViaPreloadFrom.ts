import type { SyncImplementation } from '@wtilde/core-types';
import { displacementSource } from '../shared/displacementSource.js';
import { logLikelihoodMethods } from '../shared/logLikelihood.js';
import { preloadSource } from '../shared/operatorSources.js';

export const logLikelihoodFunctionViaPreloadFrom: SyncImplementation<'logLikelihoodFunctionViaPreloadFrom'> = {
  methods: logLikelihoodMethods(displacementSource(preloadSource('wTildePreload'))),
};
