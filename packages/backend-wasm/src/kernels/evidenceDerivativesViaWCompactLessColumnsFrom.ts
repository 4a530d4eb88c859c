import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { evidenceDerivativesMethods } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesViaWCompactLessColumnsFrom = (engine: Engine) =>
  implement(kernels.evidenceDerivativesViaWCompactLessColumnsFrom, evidenceDerivativesMethods(engine, ['lostColumns']));
