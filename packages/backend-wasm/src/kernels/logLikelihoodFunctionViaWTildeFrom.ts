import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { denseWSource } from '../shared/denseWSource.js';
import { logLikelihoodMethods } from '../shared/evidence.js';

export const logLikelihoodFunctionViaWTildeFrom = (engine: Engine) =>
  implement(kernels.logLikelihoodFunctionViaWTildeFrom, logLikelihoodMethods(engine, denseWSource(engine)));
