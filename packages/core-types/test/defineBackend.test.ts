import { describe, expect, test } from 'vitest';
import {
  defineAsyncBackend,
  defineSyncBackend,
  index,
  type KernelArgs,
  type Options,
  real,
  type SyncMethod,
} from '../src/index.js';
import { countingAsyncBackend, countingBackend, newLog, transposeTimes } from './support/doubles.js';
import { errorOf, rejectionOf } from './support/errors.js';
import { examples } from './support/examples.js';
import { seeded } from './support/random.js';

const args = examples.dataVectorFrom;
const { mappingMatrix, dirtyImage } = args;
const expected = transposeTimes(args);
const foreign = {
  dtype: 'real' as const,
  shape: [4],
  backend: 'elsewhere',
  toHost: () => Promise.resolve(dirtyImage),
  dispose() {},
};

function absent(name: string): object {
  return { [name]: undefined };
}

/** The same options, known to the compiler only as options. */
function wrong(options: object): Options {
  return options;
}

describe('a synchronous backend', () => {
  test('has its facts, its kernels and nothing else', () => {
    const backend = countingBackend(newLog());
    expect(backend).toMatchObject({ contract: 1, id: 'counting', precision: 'float64', mode: 'sync' });
    expect(Object.keys(backend.kernels)).toEqual(['dataVectorFrom']);
    expect(Object.keys(backend.kernels.dataVectorFrom.methods)).toEqual(['preparing', 'plain']);
    expect(backend.kernels.dataVectorFrom.descriptor.upstream).toBe('data_vector_from');
    expect(backend.kernels.dataVectorFrom.sizesOf(args)).toEqual({ M: 4, S: 3 });
  });

  test('runs the cheapest method, or the one asked for', () => {
    const log = newLog();
    const { dataVectorFrom } = countingBackend(log).kernels;
    expect(dataVectorFrom(args)).toEqual(expected);
    dataVectorFrom(args, { method: 'plain' });
    dataVectorFrom(args, { method: 'auto' });
    expect(log.entries).toEqual(['run preparing', 'run plain', 'run preparing']);
    expect(log.contexts[0].sizes).toEqual({ M: 4, S: 3 });
    expect(log.contexts[1].options.method).toBe('plain');
    errorOf(() => dataVectorFrom(args, { method: 'fft' }), 'UnknownMethod');
  });

  test('validates before anything runs', () => {
    const log = newLog();
    const { dataVectorFrom } = countingBackend(log).kernels;
    errorOf(() => dataVectorFrom({ mappingMatrix, dirtyImage: real([1]) }), 'ShapeMismatch');
    expect(log.entries).toEqual([]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'looks at what the result shows when it is not finite: %s',
    (wrong) => {
      const { dataVectorFrom } = countingBackend(newLog()).kernels;
      const bad = real(mappingMatrix.data.with(5, wrong), mappingMatrix.shape);
      const error = errorOf(() => dataVectorFrom({ mappingMatrix: bad, dirtyImage }), 'InvalidValue');
      expect(error.where).toBe('dataVectorFrom(mappingMatrix)');
      expect(error.actual).toBe(`${wrong} at [1, 2]`);
      errorOf(() => dataVectorFrom.bind({ dirtyImage })({ mappingMatrix: bad }), 'InvalidValue');
      errorOf(() => dataVectorFrom.bind({ dirtyImage }).runMany([{ mappingMatrix: bad }]), 'InvalidValue');
      errorOf(() => dataVectorFrom.bind({ mappingMatrix: bad }), 'InvalidValue');
      expect(() => dataVectorFrom({ mappingMatrix: bad, dirtyImage }, { check: 'shapes' })).not.toThrow();
    },
  );

  test("finite values whose products are not are nobody's mistake", () => {
    const { dataVectorFrom } = countingBackend(newLog()).kernels;
    const large = real(
      mappingMatrix.data.map(() => 1e308),
      mappingMatrix.shape,
    );
    expect(dataVectorFrom({ mappingMatrix: large, dirtyImage: real([1e10, 1, 1, 1]) }).data[0]).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test('called without arguments says so', () => {
    const { dataVectorFrom } = countingBackend(newLog()).kernels;
    const nothing: KernelArgs<'dataVectorFrom'> = JSON.parse('null');
    errorOf(() => dataVectorFrom(nothing), 'MissingArgument');
    errorOf(() => dataVectorFrom.bind(args)(nothing), 'MissingArgument');
  });

  test('checks its options', () => {
    const { dataVectorFrom } = countingBackend(newLog()).kernels;
    for (const options of [
      { methods: 'plain' },
      { check: 'none' },
      { keep: 'gpu' },
      { tolerance: 0 },
      { tolerance: 1 },
      { tolerance: Number.NaN },
    ]) {
      errorOf(() => dataVectorFrom(args, wrong(options)), 'InvalidOption');
      errorOf(() => dataVectorFrom.bind({ mappingMatrix })({ dirtyImage }, wrong(options)), 'InvalidOption');
    }
    const unknown = errorOf(() => dataVectorFrom(args, wrong({ backend: 'x' })), 'InvalidOption');
    expect(unknown.message).toContain(
      'expected method, tolerance, solve, check, keep, signal, onProgress, got backend',
    );
    expect(() => dataVectorFrom(args, { tolerance: 1e-6, check: 'full', keep: 'host' })).not.toThrow();
  });

  test('takes no handles of others', () => {
    const { dataVectorFrom } = countingBackend(newLog()).kernels;
    const error = errorOf(() => dataVectorFrom(Object.assign({ ...args }, { dirtyImage: foreign })), 'ForeignHandle');
    expect(error.message).toContain('a host array or a handle of counting, got a handle of elsewhere');
    expect(error.where).toBe('dataVectorFrom(dirtyImage)');
  });

  test('stops at an aborted signal', () => {
    const log = newLog();
    const { dataVectorFrom } = countingBackend(log).kernels;
    const controller = new AbortController();
    controller.abort('enough');
    const error = errorOf(() => dataVectorFrom(args, { signal: controller.signal }), 'Aborted');
    expect(error.cause).toBe('enough');
    errorOf(() => dataVectorFrom.bind(args)({}, { signal: controller.signal }), 'Aborted');
    expect(log.entries).toEqual([]);
  });

  test('cannot be called once disposed of, however often', () => {
    const log = newLog();
    const backend = countingBackend(log);
    const bound = backend.kernels.dataVectorFrom.bind({ mappingMatrix });
    backend.dispose?.();
    backend.dispose?.();
    expect(log.entries).toEqual(['dispose backend']);
    errorOf(() => backend.kernels.dataVectorFrom(args), 'Disposed');
    errorOf(() => backend.kernels.dataVectorFrom.bind({ mappingMatrix }), 'Disposed');
    errorOf(() => bound({ dirtyImage }), 'Disposed');
  });
});

describe('bind', () => {
  test('equals the call with all arguments, for every split and method', () => {
    const { dataVectorFrom } = countingBackend(newLog()).kernels;
    for (const method of ['preparing', 'plain', 'auto']) {
      const options = { method };
      expect(dataVectorFrom.bind({})(args, options)).toEqual(expected);
      expect(dataVectorFrom.bind({ mappingMatrix })({ dirtyImage }, options)).toEqual(expected);
      expect(dataVectorFrom.bind({ dirtyImage })({ mappingMatrix }, options)).toEqual(expected);
      expect(dataVectorFrom.bind(args)({}, options)).toEqual(expected);
    }
  });

  test('equals the call for arguments at random', () => {
    const random = seeded(7);
    const { dataVectorFrom } = countingBackend(newLog()).kernels;
    for (let i = 0; i < 50; i++) {
      const M = Math.floor(random() * 5);
      const S = 1 + Math.floor(random() * 5);
      const matrix = real(Float64Array.from({ length: M * S }, random), [M, S]);
      const image = real(Float64Array.from({ length: M }, random));
      const whole = dataVectorFrom({ mappingMatrix: matrix, dirtyImage: image });
      expect(dataVectorFrom.bind({ mappingMatrix: matrix })({ dirtyImage: image })).toEqual(whole);
    }
  });

  test('prepares once per method, at the first call', () => {
    const log = newLog();
    const bound = countingBackend(log).kernels.dataVectorFrom.bind({ mappingMatrix });
    expect(log.entries).toEqual([]);
    bound({ dirtyImage });
    bound({ dirtyImage });
    bound({ dirtyImage }, { method: 'plain' });
    bound({ dirtyImage });
    expect(log.entries).toEqual(['bind mappingMatrix', 'run prepared', 'run prepared', 'run plain', 'run prepared']);
  });

  test('validates the fixed arguments when binding and never again', () => {
    const { dataVectorFrom } = countingBackend(newLog()).kernels;
    errorOf(() => dataVectorFrom.bind({ mappingMatrix: real([1, 2]) }), 'ShapeMismatch');
    errorOf(() => dataVectorFrom.bind({ dirtyImage: real([Number.NaN]) }), 'InvalidValue');
    // Spoiled after binding, which callers must not do: a second look would notice.
    const spoiled = real([...dirtyImage.data]);
    const bound = dataVectorFrom.bind({ dirtyImage: spoiled });
    spoiled.data[0] = Number.NaN;
    expect(() => bound({ mappingMatrix })).not.toThrow();
  });

  test('checks how the rest fits what is fixed', () => {
    const bound = countingBackend(newLog()).kernels.dataVectorFrom.bind({ mappingMatrix });
    errorOf(() => bound({ dirtyImage: real([1]) }), 'ShapeMismatch');
    errorOf(() => bound({ dirtyImage: real([1, 2, 3, Number.NaN]) }), 'InvalidValue');
    const both: Omit<KernelArgs<'dataVectorFrom'>, 'mappingMatrix'> = args;
    const again = errorOf(() => bound(both), 'UnknownArgument');
    expect(again.message).toContain('the argument has been bound');
    errorOf(() => bound(Object.assign({ dirtyImage }, { dirtyImage: foreign })), 'ForeignHandle');
  });

  test('an argument given as undefined is not fixed', () => {
    const log = newLog();
    const bound = countingBackend(log).kernels.dataVectorFrom.bind({ mappingMatrix, ...absent('dirtyImage') });
    expect(bound(Object.assign({}, { dirtyImage }))).toEqual(expected);
    expect(log.entries[0]).toBe('bind mappingMatrix');
  });

  test('keeps what was fixed when the record is changed afterwards', () => {
    const fixed: { mappingMatrix: typeof mappingMatrix } = { mappingMatrix };
    const bound = countingBackend(newLog()).kernels.dataVectorFrom.bind(fixed);
    fixed.mappingMatrix = real([1], [1, 1]);
    expect(bound({ dirtyImage })).toEqual(expected);
  });

  test('cannot be called once disposed of, and frees what it prepared once', () => {
    const log = newLog();
    const bound = countingBackend(log).kernels.dataVectorFrom.bind({ mappingMatrix });
    bound({ dirtyImage });
    bound.dispose();
    bound.dispose();
    expect(log.entries).toEqual(['bind mappingMatrix', 'run prepared', 'dispose prepared']);
    errorOf(() => bound({ dirtyImage }), 'Disposed');
  });
});

describe('methods', () => {
  const method = (
    name: string,
    ran: string[],
    facts: Partial<SyncMethod<'sparseMappingMatrixTransposeMatmul'>> = {},
  ) => ({
    cost: () => ({ flops: 1, bytes: 0 }),
    run: () => {
      ran.push(name);
      return real([], [0, 0]);
    },
    ...facts,
  });

  test('measures are taken only where they can decide', () => {
    const seen: unknown[] = [];
    const spy: SyncMethod<'curvatureMatrixViaWTildeSparseMappingMatrixFrom'> = {
      cost: (sizes) => {
        seen.push(sizes.nonZeros);
        return { flops: 1, bytes: 0 };
      },
      run: (_, { sizes }) => {
        seen.push(sizes.nonZeros);
        return real([], [0, 0]);
      },
    };
    const two = defineSyncBackend({
      id: 'two',
      precision: 'float64',
      info: { summary: '', deviceMemory: false },
      implementations: { curvatureMatrixViaWTildeSparseMappingMatrixFrom: { methods: { a: spy, b: spy } } },
    }).kernels.curvatureMatrixViaWTildeSparseMappingMatrixFrom;
    const example = examples.curvatureMatrixViaWTildeSparseMappingMatrixFrom;
    two(example);
    expect(seen).toEqual([5, 5, 5]);
    two(example, { method: 'a' });
    expect(seen.slice(3)).toEqual([undefined]);
    expect(two.sizesOf(example)).toEqual({ M: 4, B: 2, S: 3, nonZeros: 5 });
  });

  test('a refusal carries its reason, and nothing has run', () => {
    const ran: string[] = [];
    const kernel = defineSyncBackend({
      id: 'refusing',
      precision: 'float64',
      info: { summary: '', deviceMemory: false },
      implementations: {
        sparseMappingMatrixTransposeMatmul: {
          methods: { a: method('a', ran, { canRun: ({ M }) => `M = ${M} is too much` }) },
        },
      },
    }).kernels.sparseMappingMatrixTransposeMatmul;
    const error = errorOf(() => kernel(examples.sparseMappingMatrixTransposeMatmul), 'MethodRefused');
    expect(error.message).toContain('a: M = 4 is too much');
    expect(ran).toEqual([]);
  });
});

describe('definitions that do not fit the contract', () => {
  const facts = { info: { summary: '', deviceMemory: false }, precision: 'float32' as const };

  test('a float32 backend cannot offer a kernel that needs float64', () => {
    const only = { cost: () => ({ flops: 1, bytes: 0 }), run: () => 1 };
    const implementations = { noiseNormalizationComplexFrom: { methods: { only } } };
    const error = errorOf(() => defineSyncBackend({ ...facts, id: 'bad', implementations }), 'InvalidContract');
    expect(error.message).toContain('backend bad, kernel noiseNormalizationComplexFrom: the kernel needs float64');
    expect(() => defineSyncBackend({ ...facts, precision: 'float64', id: 'good', implementations })).not.toThrow();
  });

  test('a kernel without methods, and one that does not exist', () => {
    errorOf(
      () => defineSyncBackend({ ...facts, id: 'bad', implementations: { dataVectorFrom: { methods: {} } } }),
      'InvalidContract',
    );
    const unknown: Record<string, never> = JSON.parse('{ "someKernel": { "methods": {} } }');
    errorOf(() => defineAsyncBackend({ ...facts, id: 'bad', implementations: unknown }), 'UnknownKernel');
  });
});

describe('an asynchronous backend', () => {
  test('runs, keeps on the device what it is told to, takes its own handles', async () => {
    const log = newLog();
    const { dataVectorFrom } = countingAsyncBackend(log).kernels;
    expect(await dataVectorFrom(args)).toEqual(expected);
    const kept = await dataVectorFrom(args, { keep: 'device' });
    if (!('toHost' in kept)) throw new Error('not kept');
    expect(await kept.toHost()).toEqual(expected);
    const own = { ...foreign, backend: 'countingAsync' };
    expect(await dataVectorFrom({ mappingMatrix, dirtyImage: own })).toEqual(expected);
  });

  test('rejects with the errors of validation, before anything runs', async () => {
    const log = newLog();
    const { dataVectorFrom } = countingAsyncBackend(log).kernels;
    await rejectionOf(dataVectorFrom({ mappingMatrix, dirtyImage: real([1]) }), 'ShapeMismatch');
    await rejectionOf(dataVectorFrom({ mappingMatrix, dirtyImage: foreign }), 'ForeignHandle');
    await rejectionOf(dataVectorFrom(args, wrong({ keep: 'here' })), 'InvalidOption');
    await rejectionOf(dataVectorFrom(args, { signal: { aborted: true } }), 'Aborted');
    expect(log.entries).toEqual([]);
  });

  test('binds once and is disposed of like a synchronous one', async () => {
    const log = newLog();
    const backend = countingAsyncBackend(log);
    const bound = backend.kernels.dataVectorFrom.bind({ mappingMatrix });
    expect(await bound({ dirtyImage })).toEqual(expected);
    expect(await bound({ dirtyImage })).toEqual(expected);
    expect(log.entries).toEqual(['bind mappingMatrix', 'run', 'run']);
    await rejectionOf(bound({ dirtyImage: foreign }), 'ForeignHandle');
    errorOf(() => backend.kernels.dataVectorFrom.bind({ dirtyImage: foreign }), 'ForeignHandle');
    bound.dispose();
    await rejectionOf(bound({ dirtyImage }), 'Disposed');
    backend.dispose?.();
    await rejectionOf(backend.kernels.dataVectorFrom(args), 'Disposed');
    expect(log.entries.slice(3)).toEqual(['dispose prepared', 'dispose backend']);
  });

  test('requirements leave handles alone', async () => {
    const backend = defineAsyncBackend({
      id: 'own',
      precision: 'float32',
      info: { summary: '', deviceMemory: true },
      implementations: {
        sparseMappingMatrixTransposeMatmul: {
          methods: { only: { cost: () => ({ flops: 1, bytes: 0 }), run: async () => real([], [0, 0]) } },
        },
      },
    });
    const indexes = {
      dtype: 'index' as const,
      shape: [4, 2],
      backend: 'own',
      toHost: () => Promise.resolve(index([])),
      dispose() {},
    };
    const call = backend.kernels.sparseMappingMatrixTransposeMatmul;
    const example = examples.sparseMappingMatrixTransposeMatmul;
    await expect(call({ ...example, pixIndexesForSubSlimIndex: indexes })).resolves.toBeDefined();
    await rejectionOf(call({ ...example, pixIndexesForSubSlimIndex: { ...indexes, shape: [5, 2] } }), 'ShapeMismatch');
  });
});
