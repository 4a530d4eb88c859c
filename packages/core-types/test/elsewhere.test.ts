import { describe, expect, test } from 'vitest';
import {
  appraised,
  defineAsyncBackend,
  defineSyncBackend,
  type ElsewhereImplementation,
  type LooseArgs,
  type MethodFacts,
  type Options,
  pick,
  real,
} from '../src/index.js';
import { errorOf, rejectionOf } from './support/errors.js';
import { examples } from './support/examples.js';

const args = examples.dataVectorFrom;
const { mappingMatrix, dirtyImage } = args;
const facts = { precision: 'float64', info: { summary: '', deviceMemory: false } } as const;
const result = real([1, 2, 3]);

const small: MethodFacts = {
  cost: ({ M }, { tolerance = 1 } = {}) => ({ flops: tolerance, bytes: M }),
  canRun: ({ M }) => M < 10 || `M = ${M} is too large`,
};
const any: MethodFacts = { cost: ({ M, S }) => ({ flops: M * S, bytes: 0, time: 7 }) };

describe('an appraisal', () => {
  const appraisals = {
    small: { cost: { flops: 0.5, bytes: 20 }, canRun: 'M = 20 is too large' },
    any: { cost: { flops: 60, bytes: 0, time: 7 }, canRun: true },
  } as const;
  const methods = { small: { ...small, run: () => result }, any: { ...any, run: () => result } };
  const here = defineSyncBackend({ ...facts, id: 'here', implementations: { dataVectorFrom: { methods } } });

  test('is what the methods say of themselves, as data', async () => {
    const later = defineAsyncBackend({
      ...facts,
      id: 'later',
      implementations: { dataVectorFrom: { methods: { any: { ...any, run: async () => result } } } },
    });
    const sizes = { M: 20, S: 3 };
    expect(here.kernels.dataVectorFrom.appraise(sizes, { tolerance: 0.5 })).toEqual(appraisals);
    expect(await later.kernels.dataVectorFrom.appraise(sizes)).toEqual({ any: appraisals.any });
    errorOf(() => here.kernels.dataVectorFrom.appraise(sizes, { tolerance: 5 }), 'InvalidOption');
  });

  test('is enough to pick', () => {
    const { dataVectorFrom } = here.kernels;
    const { descriptor } = dataVectorFrom;
    for (const M of [2, 20]) {
      const told = appraised(dataVectorFrom.appraise({ M, S: 3 }));
      expect(pick({ descriptor, methods: told }, {})).toEqual(pick(dataVectorFrom, { M, S: 3 }));
    }
  });

  test('may end in a refusal only where every method has limits', () => {
    const only = defineSyncBackend({
      ...facts,
      id: 'only',
      implementations: { dataVectorFrom: { methods: { small: methods.small } } },
    });
    expect([here, only].map(({ kernels }) => kernels.dataVectorFrom.limited)).toEqual([false, true]);
  });
});

describe('a kernel elsewhere', () => {
  /** A backend whose kernel notes what it is given. */
  function define(over: Partial<ElsewhereImplementation> = {}) {
    const given: { readonly what: string; readonly args: LooseArgs; readonly options?: Options }[] = [];
    const dataVectorFrom: ElsewhereImplementation = {
      methods: ['small', 'any'],
      limited: false,
      appraise: async () => ({}),
      async run(args, options) {
        given.push({ what: 'run', args, options });
        return result;
      },
      bind(fixed) {
        given.push({ what: 'bind', args: fixed });
        return {
          async run(rest, options) {
            given.push({ what: 'run bound', args: rest, options });
            return result;
          },
          async runMany(rests, options) {
            for (const rest of rests) given.push({ what: 'one of many', args: rest, options });
            return rests.map(() => result);
          },
          dispose: () => given.push({ what: 'dispose', args: {} }),
        };
      },
      ...over,
    };
    const backend = defineAsyncBackend({ ...facts, id: 'far', implementations: {}, elsewhere: { dataVectorFrom } });
    const kernel = backend.kernels.dataVectorFrom;
    if (kernel === undefined) throw new Error('not implemented');
    return { backend, kernel, given };
  }

  test('is checked here, and chosen and run there', async () => {
    const { kernel, given } = define();
    expect(kernel.methods).toEqual({ small: {}, any: {} });
    expect(kernel.limited).toBe(false);
    expect(kernel.sizesOf(args)).toEqual({ M: 4, S: 3 });
    expect(await kernel(args, { method: 'small' })).toBe(result);
    expect(given).toMatchObject([{ what: 'run', args, options: { method: 'small', check: 'shapes' } }]);
    await rejectionOf(kernel({ mappingMatrix, dirtyImage: real([1]) }), 'ShapeMismatch');
    await rejectionOf(kernel({ mappingMatrix, dirtyImage: real([1, 2, 3, Number.NaN]) }), 'InvalidValue');
    await rejectionOf(kernel(args, { tolerance: 7 }), 'InvalidOption');
    await rejectionOf(kernel(args, { signal: { aborted: true } }), 'Aborted');
    // Not even a handle of its own name: nothing of it is here.
    for (const backend of ['far', 'gpu']) {
      const handle = { ...dirtyImage, backend, toHost: async () => dirtyImage, dispose() {} };
      await rejectionOf(kernel({ mappingMatrix, dirtyImage: handle }), 'ForeignHandle');
    }
    expect(given).toHaveLength(1);
  });

  test('is given what is bound at once, and the rest in every call', async () => {
    const { kernel, given } = define();
    errorOf(() => kernel.bind({ dirtyImage: real([Number.NaN]) }), 'InvalidValue');
    const bound = kernel.bind({ mappingMatrix });
    expect(given).toMatchObject([{ what: 'bind', args: { mappingMatrix } }]);
    expect(await bound({ dirtyImage })).toBe(result);
    await rejectionOf(bound({ dirtyImage: real([1]) }), 'ShapeMismatch');
    await rejectionOf(
      Promise.resolve().then(() => Reflect.apply(bound, undefined, [args])),
      'UnknownArgument',
    );
    bound.dispose();
    bound.dispose();
    await rejectionOf(bound({ dirtyImage }), 'Disposed');
    expect(given.map(({ what }) => what)).toEqual(['bind', 'run bound', 'dispose']);
  });

  test('is given many calls together, each checked here', async () => {
    const { kernel, given } = define();
    const bound = kernel.bind({ mappingMatrix });
    expect(await bound.runMany([{ dirtyImage }, { dirtyImage }], { method: 'any' })).toEqual([result, result]);
    expect(given.slice(1)).toMatchObject([
      { what: 'one of many', args: { dirtyImage }, options: { method: 'any' } },
      { what: 'one of many', args: { dirtyImage } },
    ]);
    await rejectionOf(bound.runMany([{ dirtyImage }, { dirtyImage: real([1]) }]), 'ShapeMismatch');
    await rejectionOf(
      Promise.resolve().then(() => Reflect.apply(bound.runMany, undefined, [{ dirtyImage }])),
      'DTypeMismatch',
    );
    expect(given).toHaveLength(3);
    bound.dispose();
    await rejectionOf(bound.runMany([]), 'Disposed');
  });

  test('ends with its backend', async () => {
    const { backend, kernel, given } = define();
    const bound = kernel.bind({ mappingMatrix });
    backend.dispose?.();
    for (const call of [kernel(args), Reflect.apply(kernel, undefined, [{}]), bound({ dirtyImage })]) {
      expect((await rejectionOf(call, 'Disposed')).what).toContain('backend far');
    }
    expect(given.map(({ what }) => what)).toEqual(['bind']);
  });

  test('must fit the contract as any other', () => {
    errorOf(() => define({ methods: [] }), 'InvalidContract');
    const { kernel } = define();
    expect(kernel.descriptor.name).toBe('dataVectorFrom');
    const evidenceTermsFrom: ElsewhereImplementation = {
      methods: ['only'],
      limited: false,
      appraise: async () => ({}),
      run: async () => result,
      bind: () => ({ run: async () => result, runMany: async () => [], dispose() {} }),
    };
    const definition = {
      ...facts,
      id: 'low',
      precision: 'float32',
      implementations: {},
      elsewhere: { evidenceTermsFrom },
    } as const;
    errorOf(() => defineAsyncBackend(definition), 'InvalidContract');
  });
});

test('accumulators are not made after the backend has been disposed of', () => {
  const backend = defineSyncBackend({
    ...facts,
    id: 'gone',
    implementations: {},
    createAccumulator: () => {
      throw new Error('it was made');
    },
  });
  backend.dispose?.();
  const spec = {
    gridSize: 1,
    pixelScale: 1,
    gridRadiansSlim: real([0, 0], [1, 2]),
    nativeIndexForSlimIndex: { dtype: 'index', shape: [1, 2], data: Int32Array.of(0, 0) },
  } as const;
  errorOf(() => backend.createAccumulator?.(spec), 'Disposed');
});
