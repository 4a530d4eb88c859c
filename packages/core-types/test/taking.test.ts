import { describe, expect, test } from 'vitest';
import {
  copiedArguments,
  createValidator,
  defineAsyncBackend,
  describeValue,
  findKernel,
  type LooseArgs,
  type NdArray,
  type Options,
  plainArguments,
  real,
} from '../src/index.js';
import { countingBackend, newLog, transposeTimes } from './support/doubles.js';
import { errorOf } from './support/errors.js';
import { exampled, exampleOf, examples } from './support/examples.js';

/** The same properties behind getters of a class: nothing of an instance is its own. */
function behindGetters(values: object): object {
  class Getters {}
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(Getters.prototype, name, { get: () => value });
  }
  return new Getters();
}

/** Arguments known to the compiler only as arguments. */
function loose(values: object): LooseArgs;
function loose(values: object): object {
  return values;
}

function asInstances(args: LooseArgs): LooseArgs {
  const deep = Object.entries(args).map(([name, value]) => [
    name,
    typeof value === 'object' && !Array.isArray(value) ? behindGetters(value) : value,
  ]);
  return loose(behindGetters(Object.fromEntries(deep)));
}

describe('arguments as instances of classes with getters', () => {
  test.each(exampled)('%s', (name) => {
    const kernel = findKernel(name);
    const args = exampleOf(name);
    const validator = createValidator(kernel);
    expect(validator.validate(asInstances(args))).toEqual(validator.validate(args));
    expect(validator.validatePart(asInstances(args)).size).toBe(validator.validatePart(args).size);
    expect(plainArguments(kernel, asInstances(args))).toEqual(args);
  });

  test('run, and can be bound', () => {
    const { dataVectorFrom } = countingBackend(newLog()).kernels;
    const { mappingMatrix, dirtyImage } = examples.dataVectorFrom;
    class Problem {
      get mappingMatrix() {
        return mappingMatrix;
      }
      get dirtyImage() {
        return dirtyImage;
      }
    }
    class Rest {
      get dirtyImage() {
        return dirtyImage;
      }
    }
    const expected = transposeTimes({ mappingMatrix, dirtyImage });
    expect(dataVectorFrom(new Problem())).toEqual(expected);
    expect(dataVectorFrom.bind(new Problem())({})).toEqual(expected);
    expect(dataVectorFrom.bind({ mappingMatrix })(new Rest())).toEqual(expected);
    expect(errorOf(() => dataVectorFrom.bind({ dirtyImage })(new Problem()), 'UnknownArgument').what).toContain(
      'bound',
    );
  });
});

describe('an asynchronous backend takes what it needs when it is called', () => {
  const late = defineAsyncBackend({
    id: 'late',
    precision: 'float64',
    info: { summary: 'reads its arguments as late as it can', deviceMemory: false },
    implementations: {
      dataVectorFrom: {
        methods: {
          only: {
            cost: () => ({ flops: 1, bytes: 0 }),
            async run({ mappingMatrix, dirtyImage }, { options }) {
              await new Promise((resolve) => setTimeout(resolve));
              if ('toHost' in mappingMatrix || 'toHost' in dirtyImage) throw new Error('no handles here');
              options.onProgress?.(1, 1);
              return transposeTimes({ mappingMatrix, dirtyImage });
            },
          },
        },
      },
    },
  });
  const { dataVectorFrom } = late.kernels;
  const fresh = () => copy(examples.dataVectorFrom);
  const expected = transposeTimes(examples.dataVectorFrom);

  function copy({ mappingMatrix, dirtyImage }: typeof examples.dataVectorFrom) {
    return {
      mappingMatrix: real([...mappingMatrix.data], [...mappingMatrix.shape]),
      dirtyImage: real([...dirtyImage.data]),
    };
  }

  test('a call', async () => {
    const args = fresh();
    const call = dataVectorFrom(args);
    args.mappingMatrix.data.fill(0);
    args.dirtyImage.data.fill(7);
    expect(await call).toEqual(expected);
  });

  test('its options', async () => {
    const told: string[] = [];
    const options: { -readonly [O in keyof Options]: Options[O] } = { onProgress: () => told.push('asked for') };
    const call = dataVectorFrom(fresh(), { ...options, keep: 'host' });
    const same = dataVectorFrom(fresh(), options);
    options.onProgress = () => told.push('put in afterwards');
    await Promise.all([call, same]);
    expect(told).toEqual(['asked for', 'asked for']);
  });

  test('a shape', async () => {
    const shape = [4, 3];
    const call = dataVectorFrom({
      ...fresh(),
      mappingMatrix: real([...examples.dataVectorFrom.mappingMatrix.data], shape),
    });
    shape.fill(1);
    expect(await call).toEqual(expected);
  });

  test('memory that is shared', async () => {
    const { mappingMatrix, dirtyImage } = fresh();
    const shared = new Float64Array(new SharedArrayBuffer(8 * mappingMatrix.data.length));
    shared.set(mappingMatrix.data);
    const call = dataVectorFrom({ mappingMatrix: { ...mappingMatrix, data: shared }, dirtyImage });
    shared.fill(0);
    expect(await call).toEqual(expected);
  });

  test('what is bound, and the rest of every call', async () => {
    const args = fresh();
    const bound = dataVectorFrom.bind({ mappingMatrix: args.mappingMatrix });
    args.mappingMatrix.data.fill(0);
    for (let i = 0; i < 2; i++) {
      const { dirtyImage } = fresh();
      const call = bound({ dirtyImage });
      dirtyImage.data.fill(7);
      expect(await call).toEqual(expected);
    }
  });
});

test('copies of arguments: every array, a view without what is around it, a Buffer too', () => {
  const around = new Float64Array(1000).fill(3);
  const bytes: Uint8Array = Buffer.from([1, 0]);
  const args = {
    view: real(around.subarray(10, 12)),
    index: { dtype: 'index', shape: [1], data: Int32Array.of(5) },
    bool: { dtype: 'bool', shape: [2], data: bytes },
    pair: [1, 2],
    number: 4,
  };
  const copies = copiedArguments(loose(args), new Set(['index']));
  expect(copies).toEqual({ ...args, bool: { dtype: 'bool', shape: [2], data: Uint8Array.of(1, 0) } });
  expect(copies.index).toBe(args.index);
  expect(copies.pair).not.toBe(args.pair);
  around.fill(0);
  bytes.fill(9);
  expect(dataOf(copies.view)).toEqual(Float64Array.of(3, 3));
  expect(dataOf(copies.view)?.buffer.byteLength).toBe(16);
  expect(dataOf(copies.bool)).toEqual(Uint8Array.of(1, 0));
});

function dataOf(value: LooseArgs[string]): NdArray['data'] | undefined {
  return typeof value === 'object' && 'data' in value ? value.data : undefined;
}

describe('hostile values are typed errors', () => {
  const { dataVectorFrom } = countingBackend(newLog()).kernels;
  const args = examples.dataVectorFrom;
  const hostile = [null, Symbol('s'), 10n, '1e-3', Number.NaN, () => 'source', [Symbol('s')], { toString: null }];

  test('as arguments', () => {
    const validator = createValidator(findKernel('dataVectorFrom'));
    for (const value of hostile) {
      const codes = ['DTypeMismatch', 'ShapeMismatch', 'InvalidValue', 'MissingArgument'];
      const { dirtyImage } = args;
      for (const wrong of [value, { ...dirtyImage, dtype: value }, { ...dirtyImage, shape: value }]) {
        expect(() => validator.validate(loose({ ...args, dirtyImage: wrong }))).toThrow(
          expect.objectContaining({ code: expect.toSatisfy((code) => codes.includes(code)) }),
        );
      }
      for (const wrong of [
        { ...dirtyImage, shape: [value] },
        { ...dirtyImage, data: value },
      ]) {
        expect(() => validator.validate(loose({ ...args, dirtyImage: wrong }))).toThrow(
          expect.objectContaining({ code: expect.toSatisfy((code) => codes.includes(code)) }),
        );
      }
    }
  });

  test('as options, and as the options', () => {
    const call = (options: unknown) => () => Reflect.apply(dataVectorFrom, undefined, [args, options]);
    for (const value of [...hostile, 3, 'text', true]) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) errorOf(call(value), 'InvalidOption');
      for (const option of ['tolerance', 'check', 'keep', 'signal', 'onProgress', 'method']) {
        if (option === 'method' && typeof value === 'string') errorOf(call({ method: value }), 'UnknownMethod');
        else if (option !== 'onProgress' || typeof value !== 'function') {
          errorOf(call({ [option]: value }), 'InvalidOption');
        }
      }
    }
    expect(errorOf(call({ tolerance: '1e-3' }), 'InvalidOption').message).toBe(
      'dataVectorFrom option tolerance: the option makes no sense (expected a number between 0 and 1, got "1e-3"); correct or drop the option',
    );
  });

  test('and are named in messages', () => {
    expect([undefined, Number.NaN, () => 'source', Symbol('s'), 10n, null, 'a\u001b[31m'].map(describeValue)).toEqual([
      'nothing',
      'NaN',
      'a function',
      'a symbol',
      '10n',
      'null',
      '"a\\u001b[31m"',
    ]);
    expect(describeValue([1, [2], Number.NaN, 4])).toBe('[1, a list, NaN, ...]');
    expect(describeValue(new Float32Array(2))).toBe('Float32Array');
    expect(describeValue({ toString: null })).toBe('an object');
    expect(describeValue('x'.repeat(100)).length).toBeLessThan(70);
  });
});
