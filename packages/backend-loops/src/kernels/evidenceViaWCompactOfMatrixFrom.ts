import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceOfMatrixMethods } from '../shared/evidence.js';

export const evidenceViaWCompactOfMatrixFrom = implement(
  kernels.evidenceViaWCompactOfMatrixFrom,
  evidenceOfMatrixMethods(displacementSource(compactSource)),
);
