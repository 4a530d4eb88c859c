import { implement, kernels } from '@wtilde/core-types';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceMethods } from '../shared/evidence.js';
import { compactSource } from '../shared/operatorSources.js';

export const evidenceViaWCompactFrom = implement(
  kernels.evidenceViaWCompactFrom,
  evidenceMethods(displacementSource(compactSource)),
);
