import { implement, kernels } from '@wtilde/core-types';
import { preloadSource } from '@wtilde/numerics';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceMethods } from '../shared/evidence.js';

export const evidenceViaPreloadFrom = implement(
  kernels.evidenceViaPreloadFrom,
  evidenceMethods(displacementSource(preloadSource('wTildePreload'))),
);
