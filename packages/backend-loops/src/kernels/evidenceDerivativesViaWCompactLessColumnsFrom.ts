import { implement, kernels } from '@wtilde/core-types';
import { evidenceDerivativesMethods } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesViaWCompactLessColumnsFrom = implement(
  kernels.evidenceDerivativesViaWCompactLessColumnsFrom,
  evidenceDerivativesMethods,
);
