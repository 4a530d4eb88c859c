import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { displacementSource } from '../shared/displacementSource.js';
import { evidenceOn } from '../shared/evidence.js';

export const evidenceViaWCompactOfMatrixFrom = (engine: Engine) =>
  implement(
    kernels.evidenceViaWCompactOfMatrixFrom,
    evidenceOn(engine).evidenceOfMatrixMethods(displacementSource(engine, compactSource)),
  );
