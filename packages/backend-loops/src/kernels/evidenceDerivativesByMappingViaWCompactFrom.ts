import { implement, kernels } from '@wtilde/core-types';
import { derivativesByMappingMethods } from '../shared/evidenceDerivatives.js';

export const evidenceDerivativesByMappingViaWCompactFrom = implement(
  kernels.evidenceDerivativesByMappingViaWCompactFrom,
  derivativesByMappingMethods,
);
