import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { denseWSource } from '../shared/denseWSource.js';
import { evidenceOn } from '../shared/evidence.js';

export const logLikelihoodFunctionViaWTildeFrom = (engine: Engine) =>
  implement(kernels.logLikelihoodFunctionViaWTildeFrom, evidenceOn(engine).logLikelihoodMethods(denseWSource(engine)));
