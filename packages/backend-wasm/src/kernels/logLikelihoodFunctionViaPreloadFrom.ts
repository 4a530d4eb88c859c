import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { displacementSource } from '../shared/displacementSource.js';
import { logLikelihoodMethods } from '../shared/evidence.js';
import { preloadSource } from '../shared/operatorSources.js';

export const logLikelihoodFunctionViaPreloadFrom = (engine: Engine) =>
  implement(
    kernels.logLikelihoodFunctionViaPreloadFrom,
    logLikelihoodMethods(engine, displacementSource(engine, preloadSource('wTildePreload'))),
  );
