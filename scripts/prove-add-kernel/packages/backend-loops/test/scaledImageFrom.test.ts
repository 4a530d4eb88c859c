import { createReferenceBackend } from '@wtilde/backend-reference';
import { findKernel, real } from '@wtilde/core-types';
import { describe, expect, it } from 'vitest';
import { createLoopsBackend } from '../src/index.js';

describe.each([createReferenceBackend(), createLoopsBackend()])('scaledImageFrom on $id', ({ kernels }) => {
  it('is found by either name', () => {
    expect(findKernel('scaled_image_from').name).toBe('scaledImageFrom');
    expect(Object.keys(kernels)).toContain('scaledImageFrom');
  });

  it('runs', () => {
    expect(kernels.scaledImageFrom({ image: real([1, -2, 3]), factor: 2 }).data).toEqual(Float64Array.of(2, -4, 6));
  });

  it('validates its arguments', () => {
    const call = () => kernels.scaledImageFrom({ image: real([Number.NaN]), factor: 2 });
    expect(call).toThrow(expect.objectContaining({ code: 'InvalidValue' }));
  });
});
