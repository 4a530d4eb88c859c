import { implement, kernels } from '@wtilde/core-types';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceOfMatrixMethods } from '../shared/evidence.js';
import { compactSource } from '../shared/operatorSources.js';

export const evidenceViaWCompactOfMatrixFrom = implement(
  kernels.evidenceViaWCompactOfMatrixFrom,
  evidenceOfMatrixMethods(displacementSource(compactSource)),
);
