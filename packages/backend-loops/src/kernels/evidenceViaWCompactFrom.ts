import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceMethods } from '../shared/evidence.js';

export const evidenceViaWCompactFrom = implement(
  kernels.evidenceViaWCompactFrom,
  evidenceMethods(displacementSource(compactSource)),
);
