import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { displacementSource } from '../shared/displacementSource.js';
import { logLikelihoodMethods } from '../shared/evidence.js';
import { compactSource } from '../shared/operatorSources.js';

export const logLikelihoodFunctionViaWCompactFrom = (engine: Engine) =>
  implement(
    kernels.logLikelihoodFunctionViaWCompactFrom,
    logLikelihoodMethods(engine, displacementSource(engine, compactSource)),
  );
