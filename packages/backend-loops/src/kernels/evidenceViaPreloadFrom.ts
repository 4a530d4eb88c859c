import { implement, kernels } from '@wtilde/core-types';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceMethods } from '../shared/evidence.js';
import { preloadSource } from '../shared/operatorSources.js';

export const evidenceViaPreloadFrom = implement(
  kernels.evidenceViaPreloadFrom,
  evidenceMethods(displacementSource(preloadSource('wTildePreload'))),
);
