// The types of dispatchers; `npm run typecheck` compiles this file.
import { createLoopsBackend } from '@wtilde/backend-loops';
import { createReferenceBackend } from '@wtilde/backend-reference';
import type { AsyncBackend, Handle, NdArray, SyncBackend } from '@wtilde/core-types';
import { describe, expectTypeOf, test } from 'vitest';
import { createDispatcher, createSyncDispatcher, type SyncDispatcher } from '../src/index.js';

declare const loops: SyncBackend<'dataVectorFrom'>;
declare const gpu: AsyncBackend<'dataVectorFrom'>;
declare const matrix: NdArray<'real'>;
declare const handle: Handle<'real'>;
declare const env: Readonly<Record<string, string | undefined>>;

/** Compiled, never run: the values of this file are only declared. */
function compiledOnly(_: () => unknown): void {}

const args = () => ({ mappingMatrix: matrix, dirtyImage: matrix });

describe('a dispatcher', () => {
  test('has every kernel with the types of its descriptor', () => {
    compiledOnly(() => {
      const d = createDispatcher({ backends: [loops, gpu] });
      expectTypeOf(d.dataVectorFrom(args())).resolves.toEqualTypeOf<NdArray<'real'>>();
      expectTypeOf(d.dataVectorFrom(args(), { backend: 'loops', tolerance: 1e-6 })).resolves.toEqualTypeOf<
        NdArray<'real'>
      >();
      expectTypeOf(d.chiSquared0From).parameter(0).toHaveProperty('noiseMap');
      expectTypeOf(d.dataVectorFrom({ mappingMatrix: handle, dirtyImage: matrix })).resolves.toEqualTypeOf<
        NdArray<'real'>
      >();
      // @ts-expect-error an argument is missing
      d.dataVectorFrom({ mappingMatrix: matrix });
      // @ts-expect-error no such argument
      d.dataVectorFrom({ ...args(), extra: 1 });
      // @ts-expect-error no such option
      d.dataVectorFrom(args(), { bakend: 'loops' });
      // @ts-expect-error no such kernel
      d.dataVector;
    });
  });

  test('says where results are', () => {
    type Anywhere = NdArray<'real'> | Handle<'real'>;
    compiledOnly(() => {
      const kept = createDispatcher({ backends: [gpu], arrayConversion: 'always-device' });
      expectTypeOf(kept.dataVectorFrom(args())).resolves.toEqualTypeOf<Anywhere>();
      expectTypeOf(kept.dataVectorFrom(args(), { keep: 'host' })).resolves.toEqualTypeOf<NdArray<'real'>>();
      expectTypeOf(kept.with({ arrayConversion: 'never' }).dataVectorFrom(args())).resolves.toEqualTypeOf<
        NdArray<'real'>
      >();
      expectTypeOf(kept.with({ fallback: [] }).dataVectorFrom(args())).resolves.toEqualTypeOf<Anywhere>();
      const host = createDispatcher({ backends: [gpu] });
      expectTypeOf(host.dataVectorFrom(args(), { keep: 'device' })).resolves.toEqualTypeOf<Anywhere>();
      expectTypeOf(host.with({ fallback: [] }).dataVectorFrom(args())).resolves.toEqualTypeOf<NdArray<'real'>>();
    });
  });

  test('an environment may decide where results are, unless an option does', () => {
    compiledOnly(() => {
      const open = createDispatcher({ backends: [gpu], env });
      expectTypeOf(open.dataVectorFrom(args())).resolves.toEqualTypeOf<NdArray<'real'> | Handle<'real'>>();
      const decided = createDispatcher({ backends: [gpu], env, arrayConversion: 'always-host' });
      expectTypeOf(decided.dataVectorFrom(args())).resolves.toEqualTypeOf<NdArray<'real'>>();
    });
  });

  test('options are checked by name, and backends by id', () => {
    compiledOnly(() => {
      const backends = [createLoopsBackend(), createReferenceBackend()];
      createDispatcher({ backends, default: 'reference', fallback: ['loops'] });
      createDispatcher({ backends, default: { curvatureMatrix: 'loops', otherwise: 'reference' } });
      createDispatcher({ backends: [loops, gpu], default: 'whatever' });
      // @ts-expect-error no such option
      createDispatcher({ backends, prefer: 'loops' });
      // @ts-expect-error no such backend
      createDispatcher({ backends, default: 'lops' });
      // @ts-expect-error no such backend
      createDispatcher({ backends, fallback: ['lops'] });
      // @ts-expect-error no such backend
      createDispatcher({ backends, default: { curvatureMatrix: 'lops' } });
      // @ts-expect-error no such kernel or group
      createDispatcher({ backends, default: { curvature: 'loops' } });
      // @ts-expect-error no such kernel or group
      createDispatcher({ backends, precision: { curvature: 'float32' } });
      const d = createDispatcher({ backends, arrayConversion: 'always-device', env });
      d.with({ default: 'reference' });
      d.with({ backends: [gpu], default: 'whatever' });
      // @ts-expect-error no such option
      d.with({ prefer: 'loops' });
      // @ts-expect-error no such backend
      d.with({ default: 'lops' });
      const sync = createSyncDispatcher({ backends, default: 'loops' });
      // @ts-expect-error no such backend
      createSyncDispatcher({ backends, default: 'lops' });
      // @ts-expect-error no such backend
      sync.with({ default: { otherwise: 'lops' } });
    });
  });

  test('records and bound kernels keep the types', () => {
    compiledOnly(() => {
      const d = createDispatcher({ backends: [loops] });
      expectTypeOf(d.record('chiSquared0From', { data: complex, noiseMap: complex }))
        .resolves.toHaveProperty('result')
        .toEqualTypeOf<number>();
      expectTypeOf(d.dataVectorFrom.bind({ mappingMatrix: matrix })({ dirtyImage: matrix })).resolves.toEqualTypeOf<
        NdArray<'real'>
      >();
      // @ts-expect-error still missing
      d.dataVectorFrom.bind({ mappingMatrix: matrix })({});
      // @ts-expect-error wrong arguments of a known kernel
      d.record('dataVectorFrom', { mappingMatrix: matrix });
    });
  });
});

describe('a synchronous dispatcher', () => {
  test('returns results and takes synchronous backends only', () => {
    compiledOnly(() => {
      const d = createSyncDispatcher({ backends: [loops] });
      expectTypeOf(d).toExtend<SyncDispatcher>();
      expectTypeOf(d.dataVectorFrom(args())).toEqualTypeOf<NdArray<'real'>>();
      expectTypeOf(d.with({ default: 'x' }).dataVectorFrom(args(), { backend: 'x' })).toEqualTypeOf<NdArray<'real'>>();
      expectTypeOf(d.record('dataVectorFrom', args()).result).toEqualTypeOf<NdArray<'real'>>();
      // @ts-expect-error returns promises
      createSyncDispatcher({ backends: [loops, gpu] });
      // @ts-expect-error there is no device
      createSyncDispatcher({ backends: [loops], arrayConversion: 'always-host' });
      // @ts-expect-error handles live on devices
      d.dataVectorFrom({ mappingMatrix: handle, dirtyImage: matrix });
    });
  });

  test('options are checked by name', () => {
    compiledOnly(() => {
      createSyncDispatcher({ backends: [loops], precision: { curvatureMatrix: 'float32', otherwise: 'float64' } });
      createSyncDispatcher({ backends: [loops], default: { dataVectorFrom: 'loops' } });
      // @ts-expect-error no such kernel or group
      createSyncDispatcher({ backends: [loops], precision: { curvature: 'float32' } });
      // @ts-expect-error no such precision
      createSyncDispatcher({ backends: [loops], precision: 'float16' });
      // @ts-expect-error no such option
      createSyncDispatcher({ backends: [loops], prefer: 'loops' });
    });
  });
});

declare const complex: NdArray<'complex'>;
