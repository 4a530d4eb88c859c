import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import { displacementSource } from '../shared/displacementSource.js';
import { logLikelihoodMethods } from '../shared/evidence.js';

export const logLikelihoodFunctionViaWCompactFrom = implement(
  kernels.logLikelihoodFunctionViaWCompactFrom,
  logLikelihoodMethods(displacementSource(compactSource)),
);
