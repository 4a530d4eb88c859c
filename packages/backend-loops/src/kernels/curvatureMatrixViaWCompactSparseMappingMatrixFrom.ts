import type { SyncImplementation } from '@wtilde/core-types';
import { curvatureMethods } from '../shared/curvatureMethods.js';
import { compactSource } from '../shared/operatorSources.js';

export const curvatureMatrixViaWCompactSparseMappingMatrixFrom: SyncImplementation<'curvatureMatrixViaWCompactSparseMappingMatrixFrom'> =
  {
    methods: curvatureMethods(compactSource),
  };
