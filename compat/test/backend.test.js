import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLoopsBackend } from '@wtilde/backend-loops';
import { real } from '@wtilde/core-types';

test('runs a kernel', () => {
  const { dataVectorFrom } = createLoopsBackend().kernels;
  const result = dataVectorFrom({
    mappingMatrix: real([1, 0, 0.5, 0.5, 0, 1], [3, 2]),
    dirtyImage: real([2, 4, 6]),
  });
  assert.deepEqual([...result.data], [4, 8]);
});
