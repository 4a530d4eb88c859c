import type { SyncImplementation } from '@wtilde/core-types';
import { displacementSource } from '../shared/displacementSource.js';
import { logLikelihoodMethods } from '../shared/logLikelihood.js';
import { compactSource } from '../shared/operatorSources.js';

export const logLikelihoodFunctionViaWCompactFrom: SyncImplementation<'logLikelihoodFunctionViaWCompactFrom'> = {
  methods: logLikelihoodMethods(displacementSource(compactSource)),
};
