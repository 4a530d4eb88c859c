import { createReferenceBackend } from '@wtilde/backend-reference';
import { index, real } from '@wtilde/core-types';
import { expect, test } from 'vitest';
import { createTfjsBackend } from '../src/index.js';

test('F of a W that is not symmetric is what its definition says', async () => {
  const wTilde = real([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3]);
  const dense = { wTilde, mappingMatrix: real([1, 0, 0.5, 0.5, 0, 1], [3, 2]) };
  const sparse = {
    wTilde,
    pixIndexesForSubSlimIndex: index([0, -1, 0, 1, 1, -1], [3, 2]),
    pixWeightsForSubSlimIndex: real([1, 0, 0.5, 0.5, 1, 0], [3, 2]),
    pixels: 2,
  };
  const { kernels } = createReferenceBackend();
  const backend = await createTfjsBackend({ engine: 'cpu' });
  const F = kernels.curvatureMatrixViaWTildeFrom(dense);
  expect(F.data[1]).not.toBe(F.data[2]);
  expect(await backend.kernels.curvatureMatrixViaWTildeFrom(dense)).toEqual(F);
  expect(await backend.kernels.curvatureMatrixViaWTildeSparseMappingMatrixFrom(sparse)).toEqual(F);
  backend.dispose?.();
});
