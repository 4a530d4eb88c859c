import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import { displacementSource, lessColumns } from '../shared/displacementSource.js';
import { evidenceMethods } from '../shared/evidence.js';

export const evidenceViaWCompactLessColumnsFrom = implement(
  kernels.evidenceViaWCompactLessColumnsFrom,
  evidenceMethods(lessColumns(displacementSource(compactSource))),
);
