import { defineSyncBackend } from '@wtilde/core-types';
import { chiSquared0From } from './kernels/chiSquared0From.ts';
import { sparseMappingMatrixTransposeMatmul } from './kernels/sparseMappingMatrixTransposeMatmul.ts';

export function createExampleBackend() {
  return defineSyncBackend({
    id: 'example',
    precision: 'float64',
    info: { summary: 'two kernels, to show how', deviceMemory: false },
    implementations: { chiSquared0From, sparseMappingMatrixTransposeMatmul },
  });
}
