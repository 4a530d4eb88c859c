import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { derivativesByMappingMethods } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesByMappingViaWCompactFrom = (engine: Engine) =>
  implement(kernels.evidenceDerivativesByMappingViaWCompactFrom, derivativesByMappingMethods(engine));
