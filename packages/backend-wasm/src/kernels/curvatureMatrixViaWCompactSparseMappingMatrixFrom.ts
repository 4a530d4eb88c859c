import { implement, kernels } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { curvatureMethods } from '../shared/curvatureMethods.js';
import { compactSource } from '../shared/operatorSources.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = (engine: Engine) =>
  implement(kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom, curvatureMethods(engine, compactSource));
