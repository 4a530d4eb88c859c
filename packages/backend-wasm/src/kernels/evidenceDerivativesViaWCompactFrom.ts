import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { evidenceDerivativesMethods } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesViaWCompactFrom = (engine: Engine) =>
  implement(kernels.evidenceDerivativesViaWCompactFrom, evidenceDerivativesMethods(engine));
