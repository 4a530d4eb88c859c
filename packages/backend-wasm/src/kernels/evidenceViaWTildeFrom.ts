import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { denseWSource } from '../shared/denseWSource.js';
import { evidenceOn } from '../shared/evidence.js';

export const evidenceViaWTildeFrom = (engine: Engine) =>
  implement(kernels.evidenceViaWTildeFrom, evidenceOn(engine).evidenceMethods(denseWSource(engine)));
