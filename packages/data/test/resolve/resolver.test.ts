import { allKernels, complex, createValidator, findKernel, index, type LooseResult, real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import {
  almaLike,
  createResolver,
  type Fields,
  generated,
  resolveArguments,
  simulateBundled,
  smaLike,
} from '../../src/index.js';
import { fieldsFromNpzFile } from '../../src/node.js';
import { errorOf } from '../errors.js';
import { sharedFile, testWithShared } from '../shared.js';
import { shapedCall } from './shapedCall.js';

const small = { N: 6, K: 9, S: 8, P: 4 };
const fields = smaLike(small);

/** The fields without some. */
function without(...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** Which kernels run to resolve the arguments of one. */
function ranFor(kernel: string, from: Fields): string[] {
  const ran: string[] = [];
  resolveArguments(findKernel(kernel), from, shapedCall(ran));
  return ran;
}

/** Every kernel's arguments are found or made, and pass the kernel's own validation. */
function expectAllResolved(from: Fields): void {
  const resolver = createResolver(from, shapedCall());
  for (const kernel of allKernels()) {
    const args = resolver.argumentsOf(kernel);
    expect(() => createValidator(kernel).validate(args), kernel.name).not.toThrow();
  }
}

describe('every kernel finds its arguments in', () => {
  test('generated', () => expectAllResolved(generated(small)));
  test('smaLike', () => expectAllResolved(smaLike(small)));
  test('almaLike', () => expectAllResolved(almaLike(small)));
  test('the bundled dataset', () => expectAllResolved(simulateBundled()));
  for (const name of ['generated-default', 'sma']) {
    const path = `golden/${name}.npz`;
    testWithShared(path, [path], async () => {
      expectAllResolved(await fieldsFromNpzFile(sharedFile(path)));
    });
  }
});

describe('fields with sub-pixels', () => {
  testWithShared('golden/odd.npz', ['golden/odd.npz'], async () => {
    const odd = await fieldsFromNpzFile(sharedFile('golden/odd.npz'));
    for (const name of [
      'mask_2d_centres_from',
      'mask_2d_circular_from',
      'mapping_matrix_from',
      'constant_regularization_matrix_from',
      'noise_normalization_complex_from',
    ]) {
      const args = resolveArguments(findKernel(name), odd, shapedCall());
      expect(() => createValidator(findKernel(name)).validate(args), name).not.toThrow();
    }
  });
});

describe('arguments from fields', () => {
  test('arrays, sizes, pairs and reals', () => {
    const args = resolveArguments(findKernel('mask2dCircularFrom'), fields, shapedCall());
    expect(args).toEqual({
      shapeNative: [8, 8],
      pixelScales: [0.2, 0.2],
      radius: expect.closeTo(0.6, 12),
      centre: [0, 0],
    });
    const mapping = resolveArguments(findKernel('mapping_matrix_from'), fields, shapedCall());
    expect(mapping.pixels).toBe(8);
    expect(mapping.pixIndexesForSubSlimIndex).toBe(fields.pix_indexes_for_sub_slim_index);
    expect(mapping.subFraction).toBe(fields.sub_fraction);
  });

  test('every accepted upstream name', () => {
    const kernel = findKernel('mappingMatrixFrom');
    expect(resolveArguments(kernel, without('pixels'), shapedCall()).pixels).toBe(8);
    expect(resolveArguments(kernel, without('pix_pixels'), shapedCall()).pixels).toBe(8);
    const table = real(new Float64Array(144), [12, 12]);
    for (const name of ['curvature_preload', 'w_tilde_preload']) {
      for (const [user, argument] of [
        ['wTildeViaPreloadFrom', 'wTildePreload'],
        ['curvatureMatrixViaWTildeCurvaturePreloadInterferometerFrom', 'curvaturePreload'],
        ['logLikelihoodFunctionViaPreloadFrom', 'wTildePreload'],
      ] as const) {
        const ran: string[] = [];
        const given = { ...fields, [name]: table };
        const args = resolveArguments(findKernel(user), given, shapedCall(ran));
        expect(args[argument]).toBe(table);
        expect(ran).toEqual([]);
      }
    }
  });

  test('scalars in arrays of one number, pairs of integers, reals saved as integers', () => {
    const kernel = findKernel('wCompactCurvatureInterferometerFrom');
    const odd = { ...fields, grid_size: index([6]), pixel_scale: index([1], []) };
    const args = resolveArguments(kernel, odd, shapedCall());
    expect(args.gridSize).toBe(6);
    expect(args.pixelScale).toBe(1);
    const dirty = { ...fields, dirty_image: index([1, 2, 3]) };
    const vector = resolveArguments(findKernel('dataVectorFrom'), dirty, shapedCall());
    expect(vector.dirtyImage).toEqual(real([1, 2, 3]));
  });

  test('optional ones where they are there, and not where they are not', () => {
    const optional = ['slim_index_for_sub_slim_index', 'sub_fraction', 'total_mask_pixels'];
    const args = resolveArguments(findKernel('mappingMatrixFrom'), without(...optional), shapedCall());
    expect(Object.keys(args).sort()).toEqual([
      'pixIndexesForSubSlimIndex',
      'pixSizeForSubSlimIndex',
      'pixWeightsForSubSlimIndex',
      'pixels',
    ]);
    const likelihood = findKernel('logLikelihoodFunctionViaWTildeFrom');
    expect(resolveArguments(likelihood, fields, shapedCall()).coefficient).toBe(1);
    const plain = resolveArguments(likelihood, without('coefficient'), shapedCall());
    expect(plain).not.toHaveProperty('coefficient');
  });

  test('of the wrong type or shape', () => {
    const cases: readonly [string, Fields[string], 'DTypeMismatch' | 'ShapeMismatch'][] = [
      ['uv_wavelengths', complex([1, 2]), 'DTypeMismatch'],
      ['neighbors', real([1]), 'DTypeMismatch'],
      ['coefficient', complex([1, 2]), 'DTypeMismatch'],
      ['coefficient', real([1, 2]), 'ShapeMismatch'],
      ['coefficient', real([1], [1, 1]), 'ShapeMismatch'],
      ['shape_native', index([8], []), 'ShapeMismatch'],
    ];
    for (const [name, field, code] of cases) {
      const resolver = createResolver({ ...fields, [name]: field }, shapedCall());
      const users = allKernels().filter(({ params }) => Object.keys(params).some((key) => snake(key) === name));
      expect(users.length).toBeGreaterThan(0);
      for (const user of users) expect(errorOf(() => resolver.argumentsOf(user), code).where).toBe(name);
    }
  });
});

describe('arguments that are results', () => {
  const wCompact = 'wCompactCurvatureInterferometerFrom';
  const table = 'wTildeCurvaturePreloadInterferometerFrom';

  test('are made by the documented kernels', () => {
    expect(ranFor('wTildeViaCompactFrom', fields)).toEqual([wCompact]);
    expect(ranFor('wTildeViaPreloadFrom', fields)).toEqual([table]);
    expect(ranFor('logLikelihoodFunctionViaPreloadFrom', fields)).toEqual([table]);
    expect(ranFor('sparseMappingMatrixTransposeMatmul', fields)).toEqual(['mappingMatrixFrom']);
    expect(ranFor('visibilitiesFrom', fields)).toEqual([]);
    expect(ranFor('visibilitiesFrom', without('image'))).toEqual([]);
    expect(ranFor('visibilitiesFrom', without('image', 'dirty_image'))).toEqual(['dirtyImageInterferometerFrom']);
    expect(ranFor('reconstructionPositiveNegativeFrom', fields)).toEqual([
      'mappingMatrixFrom',
      'dataVectorFrom',
      wCompact,
      'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
      'constantRegularizationMatrixFrom',
    ]);
    expect(ranFor('evidenceTermsFrom', fields)).toEqual([
      wCompact,
      'curvatureMatrixViaWCompactSparseMappingMatrixFrom',
      'mappingMatrixFrom',
      'dataVectorFrom',
      'constantRegularizationMatrixFrom',
      'logDetConstantRegularizationMatrixFrom',
      'chiSquared0From',
      'noiseNormalizationComplexFrom',
    ]);
  });

  test('by the next recipe where fields for the first are missing', () => {
    const kernel = 'curvatureMatrixViaWTildeFrom';
    expect(ranFor(kernel, fields)).toEqual([wCompact, 'wTildeViaCompactFrom', 'mappingMatrixFrom']);
    expect(ranFor(kernel, without('grid_size'))).toEqual([table, 'wTildeViaPreloadFrom', 'mappingMatrixFrom']);
    expect(ranFor(kernel, without('grid_size', 'grid_radians_2d'))).toEqual([
      'wTildeCurvatureInterferometerFrom',
      'mappingMatrixFrom',
    ]);
  });

  test('are not made where a field holds them', () => {
    const given = { ...fields, w_tilde: real([1]), mapping_matrix: real([2]) };
    expect(ranFor('curvatureMatrixViaWTildeFrom', given)).toEqual([]);
    const reg = { ...fields, data_vector: real([1]), curvature_reg_matrix: real([2], [1, 1]) };
    expect(ranFor('reconstructionPositiveNegativeFrom', reg)).toEqual([]);
  });

  test('are made once per resolver, and a result in the outputs is no field', () => {
    const ran: string[] = [];
    const resolver = createResolver({ ...fields, 'out.w_compact': real([1]) }, shapedCall(ran));
    for (const kernel of allKernels()) resolver.argumentsOf(kernel);
    expect(ran.length).toBe(new Set(ran).size);
    expect(ran).toContain(wCompact);
  });

  test('real parts of noise and data', () => {
    const from = {
      ...without('noise_map_real', 'visibilities_real'),
      noise_map: complex([1, 2, 3, 4]),
      data: complex([5, 6, 7, 8]),
    };
    const args = resolveArguments(findKernel('wTildeDataInterferometerFrom'), from, shapedCall());
    expect(args.noiseMapReal).toEqual(real([1, 3]));
    expect(args.visibilitiesReal).toEqual(real([5, 7]));
  });

  test('F + H, element by element', () => {
    const F = real([1, 2, 3, 4], [2, 2]);
    const H = real([10, 20, 30, 40], [2, 2]);
    const from = { curvature_matrix: F, regularization_matrix: H, data_vector: real([1, 1]) };
    const kernel = findKernel('reconstructionPositiveNegativeFrom');
    const args = resolveArguments(kernel, from, shapedCall());
    expect(args.curvatureRegMatrix).toEqual(real([11, 22, 33, 44], [2, 2]));
    const other = { ...from, regularization_matrix: real([1], [1, 1]) };
    errorOf(() => resolveArguments(kernel, other, shapedCall()), 'ShapeMismatch');
  });
});

describe('what can be neither found nor made', () => {
  test('is named, with what is there, before anything is computed', () => {
    const ran: string[] = [];
    const kernel = findKernel('logLikelihoodFunctionViaWCompactFrom');
    const error = errorOf(() => resolveArguments(kernel, without('neighbors'), shapedCall(ran)), 'MissingArgument');
    expect(error.where).toBe('logLikelihoodFunctionViaWCompactFrom(neighbors)');
    expect(error.expected).toBe('neighbors');
    expect(error.actual).toContain('neighbors_sizes');
    expect(error.remedy).toBe('add neighbors');
    expect(ran).toEqual([]);
  });

  test('is said to be computable, and from what is missing', () => {
    const kernel = findKernel('wTildeViaCompactFrom');
    const lacking = without('grid_size', 'noise_map', 'noise_map_real');
    const error = errorOf(() => resolveArguments(kernel, lacking, shapedCall()), 'MissingArgument');
    expect(error.where).toBe('wTildeViaCompactFrom(wCompact)');
    expect(error.expected).toBe('w_compact');
    expect(error.remedy).toContain('grid_size');
    expect(error.remedy).toContain('noise_map');
  });

  test('in no fields at all', () => {
    for (const kernel of allKernels()) {
      const error = errorOf(() => resolveArguments(kernel, {}, shapedCall()), 'MissingArgument');
      expect(error.actual).toContain('(none)');
    }
  });

  test('a call that breaks its contract', () => {
    const kernel = findKernel('wTildeViaCompactFrom');
    const record = (): LooseResult => ({ logEvidence: 1 });
    errorOf(() => resolveArguments(kernel, fields, record), 'InvalidContract');
  });
});

function snake(name: string): string {
  return name.replace(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`);
}
