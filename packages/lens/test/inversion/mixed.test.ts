import { createLoopsBackend } from '@wtilde/backend-loops';
import { defineSyncBackend, type NdArray, real } from '@wtilde/core-types';
import { beforeAll, expect, test } from 'vitest';
import { createOperator } from '../../src/index.js';
import { how, type Observed, observe } from './scene.js';

const loops = createLoopsBackend();

function rounded(array: NdArray<'real'>): NdArray<'real'> {
  return real(array.data.map(Math.fround), array.shape);
}

/** F and T^t X of the loops, rounded to float32. */
const float32 = defineSyncBackend({
  id: 'float32',
  precision: 'float32',
  info: { summary: 'loops, rounded', deviceMemory: false },
  implementations: {
    curvatureMatrixViaWCompactSparseMappingMatrixFrom: {
      methods: {
        rounded: {
          cost: () => ({ flops: 1, bytes: 1 }),
          run: (args) => rounded(loops.kernels.curvatureMatrixViaWCompactSparseMappingMatrixFrom(args)),
        },
      },
    },
    sparseMappingMatrixTransposeMatmul: {
      methods: {
        rounded: {
          cost: () => ({ flops: 1, bytes: 1 }),
          run: (args) => rounded(loops.kernels.sparseMappingMatrixTransposeMatmul(args)),
        },
      },
    },
  },
});

let observed: Observed;
beforeAll(async () => {
  observed = await observe();
});

test('with F and D in float32 the estimate covers the error, and events say where each part ran', async () => {
  const { mask, visibilities, lens } = observed;
  const exact = await createOperator(visibilities, { mask, backends: [loops] });
  const mixed = await createOperator(visibilities, { mask, backends: [float32, loops], fallback: ['loops'] });
  const [expected, found] = [await exact.evidence({ lens, ...how }), await mixed.evidence({ lens, ...how })];
  expect(expected.errorEstimate).toBeUndefined();
  const error = Math.abs(found.logEvidence - expected.logEvidence);
  expect(error).toBeGreaterThan(1e-7);
  expect(found.errorEstimate?.error).toBeGreaterThan(error);
  expect(found.errorEstimate?.error).toBeLessThan(100 * error);
  expect(found.ran.map((event) => 'backend' in event && event.backend)).toEqual([
    'float32',
    'float32',
    'loops',
    'loops',
    'loops',
  ]);
});
