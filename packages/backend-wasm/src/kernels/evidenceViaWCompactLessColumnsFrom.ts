import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { lessColumnsSource } from '../shared/displacementSource.js';
import { evidenceOn } from '../shared/evidence.js';

export const evidenceViaWCompactLessColumnsFrom = (engine: Engine) =>
  implement(
    kernels.evidenceViaWCompactLessColumnsFrom,
    evidenceOn(engine).evidenceMethods(lessColumnsSource(engine, compactSource)),
  );
