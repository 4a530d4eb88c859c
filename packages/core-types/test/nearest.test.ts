import { describe, expect, it } from 'vitest';
import { findKernel, kernelNames, nearestName, pick, remedyByName } from '../src/index.js';

const backends = ['reference', 'loops', 'wasm', 'tfjs', 'webgpu'];

describe('the nearest name', () => {
  it.each([
    ['lops', 'loops'],
    ['loosp', 'loops'],
    ['Wasm', 'wasm'],
    ['web-gpu', 'webgpu'],
    ['refrence', 'reference'],
  ])('of %s is %s', (name, expected) => {
    expect(nearestName(name, backends)).toBe(expected);
  });

  it.each(['', 'x', 'cuda', 'torch', 'constructor', 'l'.repeat(1e5)])('is none for another word', (name) => {
    expect(nearestName(name, backends)).toBeUndefined();
  });

  it('of a kernel ignores how its words are joined', () => {
    expect(nearestName('w_tilde_data_interferometer_form', kernelNames())).toBe('wTildeDataInterferometerFrom');
  });

  it('leads the remedy', () => {
    expect(remedyByName('lops', backends, 'use one of these')).toBe("did you mean 'loops'? Otherwise use one of these");
    expect(remedyByName('cuda', backends, 'use one of these')).toBe('use one of these');
  });
});

describe('what is looked up by name', () => {
  it.each([
    ['dataVectorForm', 'dataVectorFrom'],
    ['data_vector_form', 'data_vector_from'],
  ])('tells the kernel nearest to %s', (name, near) => {
    expect(() => findKernel(name)).toThrow(`did you mean '${near}'?`);
  });

  it('tells the nearest method', () => {
    const kernel = { descriptor: { name: 'k' }, methods: { nufft: { cost: () => ({ flops: 1, bytes: 1 }) } } };
    expect(() => pick(kernel, {}, { method: 'nuft' })).toThrow("did you mean 'nufft'?");
  });
});
