import { implement, kernels } from '@wtilde/core-types';
import { evidenceDerivativesMethods } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesViaWCompactFrom = implement(
  kernels.evidenceDerivativesViaWCompactFrom,
  evidenceDerivativesMethods,
);
