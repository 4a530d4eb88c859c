import { implement, kernels } from '@wtilde/core-types';
import { displacementSource } from '../shared/displacementSource.js';
import { logLikelihoodMethods } from '../shared/evidence.js';
import { compactSource } from '../shared/operatorSources.js';

export const logLikelihoodFunctionViaWCompactFrom = implement(
  kernels.logLikelihoodFunctionViaWCompactFrom,
  logLikelihoodMethods(displacementSource(compactSource)),
);
