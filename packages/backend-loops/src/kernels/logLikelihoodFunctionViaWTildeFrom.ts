import { implement, kernels } from '@wtilde/core-types';
import { denseWSource } from '../shared/denseWSource.js';
import { logLikelihoodMethods } from '../shared/evidence.js';

export const logLikelihoodFunctionViaWTildeFrom = implement(
  kernels.logLikelihoodFunctionViaWTildeFrom,
  logLikelihoodMethods(denseWSource),
);
