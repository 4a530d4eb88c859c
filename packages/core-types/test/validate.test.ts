import { describe, expect, test } from 'vitest';
import {
  type ArgumentValue,
  bool,
  complex,
  createValidator,
  findKernel,
  type Handle,
  index,
  type KernelName,
  type LooseArgs,
  real,
} from '../src/index.js';
import { errorOf } from './support/errors.js';
import { exampled, exampleOf } from './support/examples.js';

function validate(kernel: KernelName, changes: Readonly<Record<string, unknown>> = {}, check?: 'full' | 'shapes') {
  return createValidator(findKernel(kernel)).validate(exampleOf(kernel, changes), check);
}

function someHandle(dtype: 'real' | 'index', shape: readonly number[]): Handle {
  return { dtype, shape, backend: 'elsewhere', toHost: () => Promise.reject(new Error('unused')), dispose() {} };
}

/** Every parameter of every kernel of one kind. */
function parameters(kind: 'array' | 'scalar' | 'pair') {
  return exampled.flatMap((kernel) =>
    Object.entries(findKernel(kernel).params)
      .filter(([, param]) => param.kind === kind)
      .map(([name, param]) => ({ kernel, name, param })),
  );
}

describe('good arguments', () => {
  test.each(exampled)('%s accepts its example', (kernel) => {
    expect(() => validate(kernel)).not.toThrow();
  });

  test('symbols are bound by shapes, scalars and pairs, directly or through affine extents', () => {
    expect(validate('curvatureMatrixViaWCompactSparseMappingMatrixFrom').sizes).toEqual({ N: 2, M: 4, B: 2, S: 3 });
    expect(validate('wTildeViaPreloadFrom').sizes).toEqual({ Ny: 2, Nx: 2, M: 4 });
    expect(validate('mask2dCentresFrom').sizes).toEqual({ Ny: 5, Nx: 7 });
  });

  test('defaults are filled in, those given are kept', () => {
    const left = { coefficient: undefined };
    expect(validate('logLikelihoodFunctionViaWCompactFrom', left).args.coefficient).toBe(1);
    expect(validate('logLikelihoodFunctionViaWCompactFrom', { coefficient: 3 }).args.coefficient).toBe(3);
    expect(validate('mask2dCircularFrom', { centre: undefined }).args.centre).toEqual([0, 0]);
  });

  test('the default of a size is another size, unless an array has bound it already', () => {
    const alone = { totalMaskPixels: undefined, slimIndexForSubSlimIndex: undefined, subFraction: undefined };
    const { args, sizes } = validate('mappingMatrixFrom', alone);
    expect([args.totalMaskPixels, sizes.M]).toEqual([4, 4]);
    const bound = validate('mappingMatrixFrom', { totalMaskPixels: undefined, subFraction: real([1, 1, 1, 1, 1]) });
    expect([bound.args.totalMaskPixels, bound.sizes.M]).toEqual([5, 5]);
  });

  test('K = 0 and M = 0 are sizes', () => {
    const nothing = { data: complex([]), noiseMap: complex([]), uvWavelengths: real([], [0, 2]) };
    expect(validate('dirtyImageInterferometerFrom', nothing).sizes).toMatchObject({ K: 0, M: 4 });
    expect(validate('dataVectorFrom', { mappingMatrix: real([], [0, 3]), dirtyImage: real([]) }).sizes).toMatchObject({
      M: 0,
    });
  });

  test('typed arrays of another realm are typed arrays', async () => {
    const { runInNewContext } = await import('node:vm');
    const foreign: Float64Array = runInNewContext('new Float64Array([1, 1, 1])');
    expect(foreign instanceof Float64Array).toBe(false);
    expect(() =>
      validate('wCompactCurvatureInterferometerFrom', { noiseMapReal: { ...real([1, 1, 1]), data: foreign } }),
    ).not.toThrow();
  });

  test('a handle is checked for dtype and shape, its values are left alone', () => {
    expect(() => validate('dataVectorFrom', { dirtyImage: someHandle('real', [4]) })).not.toThrow();
    errorOf(() => validate('dataVectorFrom', { dirtyImage: someHandle('real', [5]) }), 'ShapeMismatch');
    errorOf(() => validate('dataVectorFrom', { dirtyImage: someHandle('index', [4]) }), 'DTypeMismatch');
  });
});

describe('arguments that are missing or too many', () => {
  test('every required argument of every kernel', () => {
    for (const kernel of exampled) {
      for (const [name, param] of Object.entries(findKernel(kernel).params)) {
        // The two arrays of a mapping go together.
        if (kernel === 'evidenceTermsFrom' && name.startsWith('pix')) continue;
        const run = () => validate(kernel, { [name]: undefined });
        if (param.optional) expect(run, `${kernel}(${name})`).not.toThrow();
        else expect(errorOf(run, 'MissingArgument').where).toBe(`${kernel}(${name})`);
      }
    }
  });

  test('one half of a mapping that may be left out', () => {
    for (const [name, missing] of [
      ['pixIndexesForSubSlimIndex', /a mapping has weights and no indexes/],
      ['pixWeightsForSubSlimIndex', /a mapping has indexes and no weights/],
    ] as const) {
      const error = errorOf(() => validate('evidenceTermsFrom', { [name]: undefined }), 'MissingArgument');
      expect(error.message).toMatch(missing);
      expect(error.where).toBe(`evidenceTermsFrom(${name})`);
    }
    const none = { pixIndexesForSubSlimIndex: undefined, pixWeightsForSubSlimIndex: undefined };
    expect(() => validate('evidenceTermsFrom', none)).not.toThrow();
  });

  test('an argument that does not exist lists those that do', () => {
    const error = errorOf(() => validate('dataVectorFrom', { dirtyImagee: real([1]) }), 'UnknownArgument');
    expect(error.message).toContain('mappingMatrix, dirtyImage');
    errorOf(() => validate('dataVectorFrom', { toString: 1 }), 'UnknownArgument');
  });

  test('no arguments at all', () => {
    const validator = createValidator(findKernel('dataVectorFrom'));
    for (const nothing of ['null', '3', '"text"']) {
      const args: LooseArgs = JSON.parse(nothing);
      errorOf(() => validator.validate(args), 'MissingArgument');
    }
  });
});

describe('bad arrays, for every array parameter of every kernel', () => {
  const arrays = parameters('array');

  test('something that is no array', () => {
    for (const { kernel, name } of arrays) {
      for (const value of [
        3,
        'text',
        null,
        [1, 2],
        new Float64Array(4),
        {},
        { dtype: 'real', shape: 4, data: [] },
        true,
      ]) {
        const error = errorOf(() => validate(kernel, { [name]: value }), 'DTypeMismatch');
        expect(error.where).toBe(`${kernel}(${name})`);
      }
    }
  });

  test('another dtype', () => {
    for (const { kernel, name, param } of arrays) {
      const dtype = param.kind === 'array' && param.dtype === 'bool' ? 'index' : 'bool';
      const value = dtype === 'bool' ? bool([1, 0]) : index([1, 0]);
      const error = errorOf(() => validate(kernel, { [name]: value }), 'DTypeMismatch');
      expect(error.actual).toBe(dtype);
    }
  });

  test('another storage than the dtype promises', () => {
    for (const { kernel, name } of arrays) {
      const value = Object.assign({}, exampleOf(kernel)[name], { data: new Float32Array(4) });
      const error = errorOf(() => validate(kernel, { [name]: value }), 'DTypeMismatch');
      expect(error.actual).toBe('Float32Array');
    }
  });

  test('another rank, another extent, data that do not fill the shape', () => {
    for (const { kernel, name, param } of arrays) {
      const good = exampleOf(kernel)[name];
      if (typeof good !== 'object' || !('shape' in good) || param.kind !== 'array') throw new Error('no array');
      for (const shape of [
        [],
        [...good.shape, 1],
        good.shape.map((extent) => extent + 0.5),
        good.shape.map((extent) => extent + 1),
      ]) {
        errorOf(() => validate(kernel, { [name]: { ...good, shape } }), 'ShapeMismatch');
      }
    }
  });

  test('NaN and infinity, unless a requirement decides which values are in use', () => {
    for (const { kernel, name, param } of arrays) {
      const good = exampleOf(kernel)[name];
      if (typeof good !== 'object' || !('data' in good) || param.kind !== 'array') throw new Error('no array');
      if (param.dtype !== 'real' && param.dtype !== 'complex') continue;
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        const data = Float64Array.from(good.data);
        data[0] = value;
        const run = () => validate(kernel, { [name]: { ...good, data } });
        expect(errorOf(run, 'InvalidValue').actual).toContain(`${value} at [`);
        expect(() => validate(kernel, { [name]: { ...good, data } }, 'shapes')).not.toThrow();
      }
    }
  });

  test('zeros where they would be divided by', () => {
    for (const { kernel, name, param } of arrays) {
      if (param.kind !== 'array' || param.values !== 'nonZero') continue;
      const zeros = param.dtype === 'complex' ? complex([1, 1, 1, 0, 1, 1]) : real([1, 0, 1]);
      const error = errorOf(() => validate(kernel, { [name]: zeros }), 'InvalidValue');
      expect(error.actual).toBe(param.dtype === 'complex' ? '0 at [1] (imaginary part)' : '0 at [1]');
    }
  });
});

describe('indices', () => {
  test('must lie in their range, per column where columns differ', () => {
    const at = (values: number[]) => ({ nativeIndexForSlimIndex: index(values, [4, 2]) });
    const error = errorOf(() => validate('wTildeViaCompactFrom', at([0, 0, 0, 1, 1, 0, 1, 2])), 'IndexOutOfRange');
    expect(error.message).toContain('expected 0 to 1, got 2 at [3, 1]');
    errorOf(() => validate('wTildeViaCompactFrom', at([0, 0, 0, 1, -1, 0, 1, 1])), 'IndexOutOfRange');
    const oblong = { wTildePreload: real(new Float64Array(24), [4, 6]) };
    expect(() => validate('wTildeViaPreloadFrom', { ...oblong, ...at([0, 0, 0, 1, 1, 0, 1, 2]) })).not.toThrow();
    errorOf(() => validate('wTildeViaPreloadFrom', { ...oblong, ...at([0, 0, 0, 1, 2, 0, 1, 2]) }), 'IndexOutOfRange');
  });

  test('of a sparse mapping lie below S and end with -1', () => {
    const mapping = (values: number[]) => ({ pixIndexesForSubSlimIndex: index(values, [4, 2]) });
    const kernel = 'sparseMappingMatrixTransposeMatmul';
    errorOf(() => validate(kernel, mapping([0, 1, 1, -1, -1, -1, 2, 3])), 'IndexOutOfRange');
    errorOf(() => validate(kernel, mapping([0, 1, 1, -1, -1, -1, 2, -2])), 'IndexOutOfRange');
    const error = errorOf(() => validate(kernel, mapping([0, 1, -1, 1, -1, -1, 2, 2])), 'IndexOutOfRange');
    expect(error.what).toBe('row 1 has a valid entry after a -1');
  });
});

describe('symbols', () => {
  test('a size that differs names both arguments and both sizes', () => {
    const error = errorOf(() => validate('dataVectorFrom', { dirtyImage: real([1, 2, 3, 4, 5]) }), 'ShapeMismatch');
    expect(error.where).toBe('dataVectorFrom(dirtyImage)');
    expect(error.message).toContain(
      'image pixels inside the mask: M differs from that of mappingMatrix (expected M = 4, got M = 5)',
    );
  });

  test('a scalar binds its symbol like a shape does', () => {
    const error = errorOf(() => validate('logLikelihoodFunctionViaWCompactFrom', { pixels: 4 }), 'ShapeMismatch');
    expect(error.message).toMatch(/S differs from that of (pixels|neighbors)/);
    expect(error.message).toMatch(/S = 4/);
    expect(error.message).toMatch(/S = 3/);
  });

  test('2N-1 must fit N, and say so where it cannot', () => {
    const other = errorOf(
      () => validate('wTildeViaCompactFrom', { wCompact: real(new Float64Array(10), [2, 5]) }),
      'ShapeMismatch',
    );
    expect(other.message).toContain('expected N = 2, got N = 3');
    const even = errorOf(
      () => validate('wTildeViaCompactFrom', { wCompact: real(new Float64Array(8), [2, 4]) }),
      'ShapeMismatch',
    );
    expect(even.message).toContain('axis 1 does not have the form 2N-1');
  });

  test('2Ny must be even', () => {
    const odd = { wTildePreload: real(new Float64Array(12), [3, 4]) };
    expect(errorOf(() => validate('wTildeViaPreloadFrom', odd), 'ShapeMismatch').what).toContain('2Ny');
  });

  test('there is at least one source pixel and one pixel of the image', () => {
    const none = { pixels: 0, pixIndexesForSubSlimIndex: index([-1, -1, -1, -1, -1, -1, -1, -1], [4, 2]) };
    const error = errorOf(() => validate('sparseMappingMatrixTransposeMatmul', none), 'ShapeMismatch');
    expect(error.message).toContain('source pixels: S is too small (expected S >= 1, got S = 0');
    errorOf(() => validate('wCompactCurvatureInterferometerFrom', { gridSize: 0 }), 'ShapeMismatch');
    errorOf(() => validate('mask2dCentresFrom', { shapeNative: [0, 3] }), 'ShapeMismatch');
    errorOf(() => validate('dataVectorFrom', { mappingMatrix: real([], [4, 0]) }), 'ShapeMismatch');
  });

  test('a result that no array could hold is refused before anything is allocated', () => {
    const error = errorOf(() => validate('wCompactCurvatureInterferometerFrom', { gridSize: 1e6 }), 'InvalidValue');
    expect(error.what).toContain('too large');
    errorOf(() => validate('mask2dCircularFrom', { shapeNative: [1e6, 1e6] }, 'shapes'), 'InvalidValue');
    const kernel = findKernel('wCompactCurvatureInterferometerFrom');
    if (kernel.returns.kind !== 'array') throw new Error('no array');
    const recorded = { ...kernel, returns: { kind: 'record', doc: '', entries: { w: kernel.returns } } } as const;
    const args = exampleOf('wCompactCurvatureInterferometerFrom', { gridSize: 1e6 });
    errorOf(() => createValidator(recorded).validate(args), 'InvalidValue');
  });

  test('a regularization tells the number of source pixels', () => {
    const args = exampleOf('logLikelihoodFunctionViaWCompactFrom', {});
    const { pixels, ...others } = args;
    const { args: filled, sizes } = createValidator(findKernel('logLikelihoodFunctionViaWCompactFrom')).validate(
      others,
    );
    expect([filled.pixels, sizes.S]).toEqual([pixels, pixels]);
    const error = errorOf(
      () => validate('logLikelihoodFunctionViaWCompactFrom', { pixels: Number(pixels) + 1 }),
      'ShapeMismatch',
    );
    expect(error.message).toContain('S differs from that of');
  });
});

describe('bad scalars and pairs', () => {
  const wrongNumbers = [Number.NaN, Number.POSITIVE_INFINITY];
  const notNumbers: unknown[] = ['1', null, true, {}, [1], real([1])];

  test('every scalar of every kernel', () => {
    for (const { kernel, name, param } of parameters('scalar')) {
      if (param.kind !== 'scalar') throw new Error('no scalar');
      const wrong = [
        ...wrongNumbers,
        ...(param.type === 'size' ? [1.5] : []),
        ...(param.minimum === undefined ? [] : [param.minimum - 1]),
      ];
      for (const value of wrong) errorOf(() => validate(kernel, { [name]: value }), 'InvalidValue');
      for (const value of notNumbers) errorOf(() => validate(kernel, { [name]: value }), 'DTypeMismatch');
    }
  });

  test('every pair of every kernel', () => {
    for (const { kernel, name, param } of parameters('pair')) {
      if (param.kind !== 'pair') throw new Error('no pair');
      const wrong = [
        ...wrongNumbers,
        ...(param.type === 'size' ? [1.5, -1] : []),
        ...(param.above === undefined ? [] : [param.above]),
      ];
      for (const value of wrong) errorOf(() => validate(kernel, { [name]: [1, value] }), 'InvalidValue');
      for (const value of [[1], [1, 2, 3], []]) errorOf(() => validate(kernel, { [name]: value }), 'InvalidValue');
      for (const value of [...notNumbers.slice(0, 4), 1, ['1', 2], new Float64Array(2)]) {
        errorOf(() => validate(kernel, { [name]: value }), 'DTypeMismatch');
      }
    }
  });
});

describe('part of the arguments', () => {
  const validator = createValidator(findKernel('curvatureMatrixViaWCompactSparseMappingMatrixFrom'));
  const all = exampleOf('curvatureMatrixViaWCompactSparseMappingMatrixFrom');
  const only = (...names: string[]): LooseArgs => {
    const part: Record<string, ArgumentValue | undefined> = {};
    for (const name of names) part[name] = all[name];
    return part;
  };

  test('what can be checked is checked, and not again', () => {
    const done = validator.validatePart(only('wCompact', 'nativeIndexForSlimIndex'));
    const spoiled = { ...all, wCompact: real([0, 0, 0, 0, 0, Number.NaN], [2, 3]) };
    expect(() => validator.validate(spoiled, 'full', done)).not.toThrow();
    errorOf(() => validator.validate(spoiled, 'full'), 'InvalidValue');
  });

  test('what depends on the rest waits for it', () => {
    expect(validator.validatePart(only('nativeIndexForSlimIndex')).size).toBe(0);
    expect(validator.validatePart(only()).size).toBe(0);
    expect(validator.validatePart(all).size).toBeGreaterThan(3);
  });

  test('errors are those of a call', () => {
    errorOf(() => validator.validatePart({ wCompact: real([1, 2]) }), 'ShapeMismatch');
    errorOf(() => validator.validatePart({ pixels: 0 }), 'ShapeMismatch');
    const native = index([0, 0, 0, 9], [2, 2]);
    errorOf(() => validator.validatePart({ ...only('wCompact'), nativeIndexForSlimIndex: native }), 'IndexOutOfRange');
  });
});
