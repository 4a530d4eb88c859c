import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceOfMatrixMethods } from '../shared/evidence.js';
import { compactSource } from '../shared/operatorSources.js';

export const evidenceViaWCompactOfMatrixFrom = (engine: Engine) =>
  implement(
    kernels.evidenceViaWCompactOfMatrixFrom,
    evidenceOfMatrixMethods(engine, displacementSource(engine, compactSource)),
  );
