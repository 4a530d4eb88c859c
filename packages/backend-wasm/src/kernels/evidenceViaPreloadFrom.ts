import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceMethods } from '../shared/evidence.js';
import { preloadSource } from '../shared/operatorSources.js';

export const evidenceViaPreloadFrom = (engine: Engine) =>
  implement(
    kernels.evidenceViaPreloadFrom,
    evidenceMethods(engine, displacementSource(engine, preloadSource('wTildePreload'))),
  );
