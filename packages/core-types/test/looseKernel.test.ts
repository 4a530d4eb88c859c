import { describe, expect, it } from 'vitest';
import { kernelOf, kernels, type LooseResult, real, type SyncBackend, sizesOf, symbolsOf } from '../src/index.js';
import { countingBackend, newLog } from './support/doubles.js';
import { errorOf } from './support/errors.js';
import { examples } from './support/examples.js';

describe('kernelOf', () => {
  it('finds a kernel by its name, types given up', () => {
    const backend = countingBackend(newLog());
    const kernel = kernelOf(backend, 'dataVectorFrom');
    const result: LooseResult | undefined = kernel?.(examples.dataVectorFrom);
    expect(result).toEqual(backend.kernels.dataVectorFrom(examples.dataVectorFrom));
    expect(kernelOf(backend, 'chiSquared0From')).toBeUndefined();
    expect(kernelOf(backend, 'toString')).toBeUndefined();
  });

  it('refuses what is no kernel', () => {
    const backend = countingBackend(newLog());
    const bare = Object.assign(() => real([]), { descriptor: kernels.dataVectorFrom });
    const broken: SyncBackend = { ...backend, kernels: Object.fromEntries([['dataVectorFrom', bare]]) };
    const error = errorOf(() => kernelOf(broken, 'dataVectorFrom'), 'InvalidContract');
    expect(error.where).toContain('kernel dataVectorFrom');
  });
});

it('sizesOf gives symbols and measures, without a backend', () => {
  const { curvatureMatrixViaWTildeSparseMappingMatrixFrom: kernel } = kernels;
  expect(sizesOf(kernel, examples[kernel.name])).toEqual({ M: 4, B: 2, S: 3, nonZeros: 5 });
});

it('symbolsOf gives the symbols that an argument fixes', () => {
  expect(symbolsOf(kernels.wTildeViaCompactFrom.params.wCompact)).toEqual(['N', 'N']);
  expect(symbolsOf(kernels.wTildeCurvaturePreloadInterferometerFrom.params.shapeMaskedPixels2d)).toEqual(['Ny', 'Nx']);
  expect(symbolsOf(kernels.wCompactCurvatureInterferometerFrom.params.gridSize)).toEqual(['N']);
  expect(symbolsOf(kernels.constantRegularizationMatrixFrom.params.coefficient)).toEqual([]);
});
