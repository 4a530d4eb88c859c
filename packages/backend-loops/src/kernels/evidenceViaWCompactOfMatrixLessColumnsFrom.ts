import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import { displacementSource, lessColumns } from '../shared/displacementSource.js';
import { evidenceOfMatrixMethods } from '../shared/evidence.js';

export const evidenceViaWCompactOfMatrixLessColumnsFrom = implement(
  kernels.evidenceViaWCompactOfMatrixLessColumnsFrom,
  evidenceOfMatrixMethods(lessColumns(displacementSource(compactSource))),
);
