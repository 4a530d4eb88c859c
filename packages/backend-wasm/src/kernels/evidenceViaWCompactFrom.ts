import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceMethods } from '../shared/evidence.js';
import { compactSource } from '../shared/operatorSources.js';

export const evidenceViaWCompactFrom = (engine: Engine) =>
  implement(kernels.evidenceViaWCompactFrom, evidenceMethods(engine, displacementSource(engine, compactSource)));
