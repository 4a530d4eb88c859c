import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { lessColumnsSource } from '../shared/displacementSource.js';
import { evidenceOn } from '../shared/evidence.js';

export const evidenceViaWCompactOfMatrixLessColumnsFrom = (engine: Engine) =>
  implement(
    kernels.evidenceViaWCompactOfMatrixLessColumnsFrom,
    evidenceOn(engine).evidenceOfMatrixMethods(lessColumnsSource(engine, compactSource)),
  );
