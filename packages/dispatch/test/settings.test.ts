import { groups, kernelNames } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import { groupOf, kernelGroups } from '../src/groups.js';
import {
  createDispatcher,
  createSyncDispatcher,
  environmentVariables,
  type SyncDispatcherOptions,
} from '../src/index.js';
import { likeReference, likeReferenceAsync } from './support/backends.js';
import { errorOf } from './support/errors.js';

const loops = likeReference({ id: 'loops' });
const wasm = likeReference({ id: 'wasm' });
const gpu = likeReference({ id: 'gpu', precision: 'float32' });
const backends = [loops, wasm, gpu];

const backendOf = (options: Partial<SyncDispatcherOptions>, kernel = 'dataVectorFrom') =>
  createSyncDispatcher({ backends, ...options }).explain(kernel).backend;

/** Options as JavaScript may pass them. */
function anyOptions(options: object): SyncDispatcherOptions {
  return Object.assign({ backends }, options);
}

describe('the default backend', () => {
  test('is the first, unless the environment says otherwise, unless an option does', () => {
    const env = { [environmentVariables.default]: 'wasm' };
    expect(backendOf({})).toBe('loops');
    expect(backendOf({ env })).toBe('wasm');
    expect(backendOf({ env, default: 'gpu' })).toBe('gpu');
    expect(backendOf({ env: {} })).toBe('loops');
  });

  test('may differ by kernel and by group, a kernel before its group', () => {
    const byKernel = {
      default: {
        otherwise: 'wasm',
        curvatureMatrix: 'gpu',
        curvatureMatrixViaWTildeFrom: 'loops',
        dataVectorFrom: 'loops',
      },
    } as const;
    expect(backendOf(byKernel)).toBe('loops');
    expect(backendOf(byKernel, 'visibilitiesFrom')).toBe('wasm');
    expect(backendOf(byKernel, 'curvatureMatrixViaWTildeFrom')).toBe('loops');
    expect(backendOf(byKernel, 'curvatureMatrixViaWTildeSparseMappingMatrixFrom')).toBe('gpu');
    const withoutOthers = { default: { dataVectorFrom: 'gpu' }, env: { WTILDE_DEFAULT_BACKEND: 'wasm' } };
    expect(backendOf(withoutOthers)).toBe('gpu');
    expect(backendOf(withoutOthers, 'visibilitiesFrom')).toBe('wasm');
  });

  test('is named with the variable that set it', () => {
    const d = createSyncDispatcher({ backends, env: { WTILDE_DEFAULT_BACKEND: 'wasm' } });
    expect(d.explain('dataVectorFrom').why).toBe('the default, set by WTILDE_DEFAULT_BACKEND');
  });
});

describe('the environment', () => {
  test('an unknown backend lists the known ones', () => {
    const error = errorOf(() => backendOf({ env: { WTILDE_DEFAULT_BACKEND: 'lops' } }), 'UnknownBackend');
    expect(error.message).toBe(
      'environment variable WTILDE_DEFAULT_BACKEND: the dispatcher has no backend of this name ' +
        `(expected one of loops, wasm, gpu, got "lops"); did you mean 'loops'? ` +
        'Otherwise use one of these, or pass the backend itself in the option backends',
    );
    for (const value of ['Loops', ' loops', 'loops,wasm', 'none', 'true', '0']) {
      errorOf(() => backendOf({ env: { WTILDE_DEFAULT_BACKEND: value } }), 'UnknownBackend');
    }
  });

  test('a fallback that is absent does so too', () => {
    const error = errorOf(() => backendOf({ env: { WTILDE_FALLBACK: 'wasm,tfjs' } }), 'UnknownBackend');
    expect(error.message).toBe(
      'environment variable WTILDE_FALLBACK: the dispatcher has no backend of this name ' +
        '(expected one of loops, wasm, gpu, got "tfjs"); use one of these, or pass the backend itself in the option backends',
    );
    for (const value of ['wasm,', ',', 'none,wasm', 'false', '1']) {
      errorOf(() => backendOf({ env: { WTILDE_FALLBACK: value } }), 'UnknownBackend');
    }
  });

  test('fallbacks are ids separated by commas, or none', () => {
    const lacking = likeReference({ id: 'lacking', only: [] });
    const of = (value: string, fallback?: readonly string[]) =>
      createSyncDispatcher({ backends: [lacking, loops, wasm], fallback, env: { WTILDE_FALLBACK: value } }).explain(
        'dataVectorFrom',
      ).backend;
    expect(of('wasm')).toBe('wasm');
    expect(of('loops, wasm')).toBe('loops');
    expect(of('none')).toBeUndefined();
    expect(of('')).toBeUndefined();
    expect(of('wasm', ['loops'])).toBe('loops');
    expect(of('wasm', [])).toBeUndefined();
  });

  test('array conversion is one of three', () => {
    const device = likeReferenceAsync({ id: 'device' });
    const of = (value: string) => createDispatcher({ backends: [device], env: { WTILDE_ARRAY_CONVERSION: value } });
    for (const value of ['always-host', 'always-device', 'never', '']) expect(() => of(value)).not.toThrow();
    const error = errorOf(() => of('sometimes'), 'InvalidOption');
    expect(error.message).toContain('expected always-host, always-device, never, got sometimes');
    for (const value of ['true', 'Never', '0']) errorOf(() => of(value), 'InvalidOption');
  });

  test('is not looked at where options overrule it, nor anywhere else', () => {
    const env = {
      WTILDE_DEFAULT_BACKEND: 'nonsense',
      WTILDE_FALLBACK: 'nonsense',
      WTILDE_ARRAY_CONVERSION: 'nonsense',
    };
    const options = { backends, env, default: 'loops', fallback: [], arrayConversion: 'never' } as const;
    expect(() => createDispatcher(options)).not.toThrow();
    process.env.WTILDE_DEFAULT_BACKEND = 'nonsense';
    expect(backendOf({})).toBe('loops');
    delete process.env.WTILDE_DEFAULT_BACKEND;
  });

  test('counts as not set where it is empty', () => {
    const env = { WTILDE_DEFAULT_BACKEND: '', WTILDE_FALLBACK: '', WTILDE_ARRAY_CONVERSION: '' };
    expect(backendOf({ env })).toBe('loops');
  });
});

describe('options that mean nothing', () => {
  test('are errors', () => {
    const wrong: readonly object[] = [
      { backend: 'loops' },
      { backends: [] },
      { backends: undefined },
      { backends: 'loops' },
      { backends: [loops, likeReference({ id: 'loops' })] },
      { backends: [{ id: 'loops', mode: 'sync' }] },
      { backends: [{ ...loops, contract: 2 }] },
      { fallback: 'wasm' },
      { compose: 'yes' },
      { precision: 'float16' },
      { precision: { dataVectorFrom: 'double' } },
      { precision: { dataVector: 'float32' } },
      { default: { dataVector: 'loops' } },
    ];
    for (const options of wrong) errorOf(() => createSyncDispatcher(anyOptions(options)), 'InvalidOption');
    for (const options of [{ default: 'x' }, { default: { wTilde: 'x' } }, { fallback: ['loops', 'x'] }]) {
      const error = errorOf(() => createSyncDispatcher(anyOptions(options)), 'UnknownBackend');
      expect(error.message).toContain('expected one of loops, wasm, gpu, got "x"');
    }
  });

  test('are told by what they are near to', () => {
    const near: readonly (readonly [object, string])[] = [
      [{ fallbacks: ['wasm'] }, 'fallback'],
      [{ default: 'lops' }, 'loops'],
      [{ fallback: ['wsam'] }, 'wasm'],
      [{ default: { dataVectorForm: 'loops' } }, 'dataVectorFrom'],
      [{ default: { curvatureMatrx: 'loops' } }, 'curvatureMatrix'],
      [{ precision: 'flaot32' }, 'float32'],
      [{ arrayConversion: 'always_hosts' }, 'always-host'],
      [{ env: { WTILDE_FALLBACK: 'loops, wsam' } }, 'wasm'],
    ];
    for (const [options, name] of near) {
      expect(() => createSyncDispatcher(anyOptions(options))).toThrow(`did you mean '${name}'?`);
    }
  });

  test('never show the source of a function', () => {
    const secret = () => 'secret';
    const names = ['backends', 'default', 'fallback', 'compose', 'arrayConversion', 'precision', 'env'];
    const values = [secret, Symbol('s'), null, 1n];
    for (const value of values) {
      const wrong: object[] = names.map((name) => ({ [name]: value }));
      wrong.push({ backends: [value] }, { fallback: [value] }, { default: { dataVectorFrom: value } });
      wrong.push({ precision: { dataVectorFrom: value } }, { onEvent: value === secret ? {} : value });
      for (const options of wrong) {
        try {
          createSyncDispatcher(anyOptions(options));
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/InvalidOption|UnknownBackend/) });
          expect(error).not.toHaveProperty('message', expect.stringContaining('secret'));
          continue;
        }
        expect.fail(`taken: ${Object.keys(options)}`);
      }
    }
    expect(() => createSyncDispatcher(JSON.parse('null'))).toThrow('the options are no object');
  });

  test('float32 for a kernel that is not offered in it', () => {
    const error = errorOf(
      () => createSyncDispatcher({ backends, precision: { chiSquared0From: 'float32' } }),
      'InvalidOption',
    );
    expect(error.message).toContain('chiSquared0From is not offered in float32');
  });

  test('an asynchronous backend in a synchronous dispatcher', () => {
    const device = likeReferenceAsync({ id: 'device' });
    const error = errorOf(() => createSyncDispatcher(anyOptions({ backends: [loops, device] })), 'InvalidOption');
    expect(error.message).toContain('backend device is not synchronous');
  });

  test('float64 from float32 backends alone, at once', () => {
    const only = errorOf(() => createSyncDispatcher({ backends: [gpu], precision: 'float64' }), 'PrecisionTooLow');
    expect(only.message).toBe(
      'option precision: no backend that may be used computes in the precision asked for ' +
        '(expected float64, got float32 of gpu); pass a float64 backend as the default or a fallback, or ask for float32',
    );
    const idle = errorOf(
      () => createSyncDispatcher({ backends: [gpu, wasm], precision: 'float64' }),
      'PrecisionTooLow',
    );
    expect(idle.remedy).toBe("make 'wasm' the default or a fallback, or ask for float32");
    expect(() =>
      createSyncDispatcher({ backends: [gpu, wasm], fallback: ['wasm'], precision: 'float64' }),
    ).not.toThrow();
  });
});

describe('with', () => {
  test('makes another dispatcher and leaves the first as it is', () => {
    const d = createSyncDispatcher({ backends });
    const other = d.with({ default: 'wasm' });
    expect([d, other].map((each) => each.explain('dataVectorFrom').backend)).toEqual(['loops', 'wasm']);
    expect(other.with({ default: undefined }).explain('dataVectorFrom').backend).toBe('loops');
    expect(other.with({ backends: [wasm] }).backends).toEqual([wasm]);
    errorOf(() => other.with({ backends: [loops] }), 'UnknownBackend');
  });

  test('options given by it overrule the environment', () => {
    const d = createSyncDispatcher({ backends, env: { WTILDE_DEFAULT_BACKEND: 'gpu' } });
    expect(d.with({ default: 'wasm' }).explain('dataVectorFrom').backend).toBe('wasm');
    expect(d.with({ compose: false }).explain('dataVectorFrom').backend).toBe('gpu');
  });
});

test('groups of kernels are those of the equivalence groups', () => {
  expect([...kernelGroups].sort()).toEqual(groups.map(({ name }) => name).sort());
  const members = (group: string) => kernelNames().filter((name) => groupOf(name) === group);
  expect(members('wTilde')).toEqual([
    'wTildeCurvatureInterferometerFrom',
    'wTildeViaCompactFrom',
    'wTildeViaPreloadFrom',
  ]);
  expect(members('curvatureMatrix')).toEqual(kernelNames().filter((name) => name.startsWith('curvatureMatrix')));
});

test('no kernel is hidden behind a method of the dispatcher', () => {
  const own = ['backends', 'with', 'record', 'runByName', 'explain'];
  const d = createSyncDispatcher({ backends });
  expect(Object.keys(d).sort()).toEqual([...kernelNames(), ...own].sort());
});
