import type { SyncImplementation } from '@wtilde/core-types';
import type { Engine } from '../engine/engine.js';
import { curvatureMethods } from '../shared/curvatureMethods.js';
import { compactSource } from '../shared/operatorSources.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom = (
  engine: Engine,
): SyncImplementation<'curvatureMatrixViaWCompactSparseMappingMatrixFrom'> => ({
  methods: curvatureMethods(engine, compactSource),
});
