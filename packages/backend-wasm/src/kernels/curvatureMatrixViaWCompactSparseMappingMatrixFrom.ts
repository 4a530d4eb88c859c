import { implement, kernels } from '@wtilde/core-types';
import { compactSource } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';
import { curvatureMethods } from '../shared/curvatureMethods.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = (engine: Engine) =>
  implement(kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom, curvatureMethods(engine, compactSource));
