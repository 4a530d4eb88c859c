import { implement, kernels } from '@wtilde/core-types';
import { preloadSource } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceOn } from '../shared/evidence.js';

export const logLikelihoodFunctionViaPreloadFrom = (engine: Engine) =>
  implement(
    kernels.logLikelihoodFunctionViaPreloadFrom,
    evidenceOn(engine).logLikelihoodMethods(displacementSource(engine, preloadSource('wTildePreload'))),
  );
