// The types that follow from descriptors; `npm run typecheck` compiles this file.
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type AsyncBackend,
  type AsyncImplementation,
  type Backend,
  type Cost,
  complex,
  defineAsyncBackend,
  defineSyncBackend,
  type Handle,
  implement,
  implementAsync,
  implementationsOn,
  index,
  type KernelArgs,
  type KernelDeviceArgs,
  type KernelDeviceResult,
  type KernelName,
  type KernelResult,
  type KernelRunArgs,
  kernels,
  type LooseArgs,
  type LooseResult,
  type NdArray,
  real,
  type SyncBackend,
  type SyncImplementation,
} from '../src/index.js';

declare const sync: SyncBackend<'dataVectorFrom' | 'evidenceTermsFrom'>;
declare const async_: AsyncBackend<'dataVectorFrom'>;
declare const vector: NdArray<'real'>;

/** Compiled, never run: the backends of this file are only declared. */
function compiledOnly(_: () => unknown): void {}

describe('arguments', () => {
  test('are those of the descriptor', () => {
    expectTypeOf<keyof KernelArgs<'dataVectorFrom'>>().toEqualTypeOf<'mappingMatrix' | 'dirtyImage'>();
    expectTypeOf<KernelArgs<'dataVectorFrom'>['dirtyImage']>().toEqualTypeOf<NdArray<'real'>>();
    expectTypeOf<KernelArgs<'mask2dCentresFrom'>['shapeNative']>().toEqualTypeOf<readonly [number, number]>();
    expectTypeOf<KernelArgs<'noiseNormalizationComplexFrom'>['noiseMap']>().toEqualTypeOf<NdArray<'complex'>>();
    expectTypeOf<KernelArgs<'wTildeViaCompactFrom'>['nativeIndexForSlimIndex']>().toEqualTypeOf<NdArray<'index'>>();
  });

  test('may be left out where they are optional; a run gets the default', () => {
    expectTypeOf<KernelArgs<'mask2dCircularFrom'>['centre']>().toEqualTypeOf<readonly [number, number] | undefined>();
    expectTypeOf<KernelRunArgs<'mask2dCircularFrom'>['centre']>().toEqualTypeOf<readonly [number, number]>();
    expectTypeOf<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>['coefficient']>().toEqualTypeOf<number>();
    expectTypeOf<KernelArgs<'mappingMatrixFrom'>['subFraction']>().toEqualTypeOf<NdArray<'real'> | undefined>();
    expectTypeOf<KernelRunArgs<'mappingMatrixFrom'>['subFraction']>().toEqualTypeOf<NdArray<'real'> | undefined>();
    expectTypeOf<KernelRunArgs<'mappingMatrixFrom'>['totalMaskPixels']>().toEqualTypeOf<number>();
  });

  test('may live on a device for asynchronous kernels only', () => {
    expectTypeOf<KernelDeviceArgs<'dataVectorFrom'>['dirtyImage']>().toEqualTypeOf<NdArray<'real'> | Handle<'real'>>();
    expectTypeOf<Handle<'real'>>().not.toExtend<KernelArgs<'dataVectorFrom'>['dirtyImage']>();
  });

  test('of every kernel are loose arguments, and results loose results', () => {
    expectTypeOf<KernelArgs<KernelName>>().toExtend<LooseArgs>();
    expectTypeOf<KernelDeviceArgs<KernelName>>().toExtend<LooseArgs>();
    expectTypeOf<KernelResult<KernelName>>().toExtend<LooseResult>();
    expectTypeOf<KernelDeviceResult<KernelName>>().toExtend<LooseResult>();
  });
});

describe('results', () => {
  test('are arrays, numbers or records', () => {
    expectTypeOf<KernelResult<'dataVectorFrom'>>().toEqualTypeOf<NdArray<'real'>>();
    expectTypeOf<KernelResult<'mask2dCircularFrom'>>().toEqualTypeOf<NdArray<'bool'>>();
    expectTypeOf<KernelResult<'visibilitiesFrom'>>().toEqualTypeOf<NdArray<'complex'>>();
    expectTypeOf<KernelResult<'chiSquared0From'>>().toEqualTypeOf<number>();
    expectTypeOf<KernelResult<'evidenceTermsFrom'>['logEvidence']>().toEqualTypeOf<number>();
    expectTypeOf<KernelResult<'evidenceTermsFrom'>['reconstruction']>().toEqualTypeOf<NdArray<'real'>>();
    expectTypeOf<KernelDeviceResult<'dataVectorFrom'>>().toEqualTypeOf<Handle<'real'>>();
  });
});

describe('backends', () => {
  test('offer what they implement, the rest perhaps', () => {
    type Sync = SyncBackend<'dataVectorFrom'>;
    expectTypeOf<undefined>().not.toExtend<Sync['kernels']['dataVectorFrom']>();
    expectTypeOf<undefined>().toExtend<Sync['kernels']['chiSquared0From']>();
    expectTypeOf<Sync>().toExtend<SyncBackend>();
    expectTypeOf<Sync>().toExtend<Backend>();
    expectTypeOf<AsyncBackend<'dataVectorFrom'>>().toExtend<Backend>();
    expectTypeOf<AsyncBackend>().not.toExtend<SyncBackend>();
  });

  test('return values or promises, by their mode', () => {
    compiledOnly(() => {
      expectTypeOf(sync.kernels.dataVectorFrom({ mappingMatrix: vector, dirtyImage: vector })).toEqualTypeOf<
        NdArray<'real'>
      >();
      const args = { mappingMatrix: vector, dirtyImage: vector };
      expectTypeOf(async_.kernels.dataVectorFrom(args)).resolves.toEqualTypeOf<NdArray<'real'>>();
      expectTypeOf(async_.kernels.dataVectorFrom(args, { method: 'x' })).resolves.toEqualTypeOf<NdArray<'real'>>();
      expectTypeOf(async_.kernels.dataVectorFrom(args, { keep: 'device' })).resolves.toEqualTypeOf<
        NdArray<'real'> | Handle<'real'>
      >();
    });
  });

  test('refuse at compile time what they would refuse at run time', () => {
    compiledOnly(() => {
      // @ts-expect-error an argument is missing
      sync.kernels.dataVectorFrom({ mappingMatrix: vector });
      // @ts-expect-error another dtype
      sync.kernels.dataVectorFrom({ mappingMatrix: vector, dirtyImage: index([1]) });
      // @ts-expect-error no such argument
      sync.kernels.dataVectorFrom({ mappingMatrix: vector, dirtyImage: vector, extra: 1 });
      // @ts-expect-error no such kernel
      sync.kernels.dataVector;
      // @ts-expect-error no such option
      sync.kernels.dataVectorFrom({ mappingMatrix: vector, dirtyImage: vector }, { backend: 'x' });
      // @ts-expect-error perhaps not implemented
      sync.kernels.chiSquared0From({ data: vector, noiseMap: vector });
    });
  });

  test('bound kernels take the rest', () => {
    compiledOnly(() => {
      const bound = sync.kernels.dataVectorFrom.bind({ mappingMatrix: vector });
      expectTypeOf(bound({ dirtyImage: vector })).toEqualTypeOf<NdArray<'real'>>();
      expectTypeOf(bound).parameter(0).toEqualTypeOf<{ readonly dirtyImage: NdArray<'real'> }>();
      // @ts-expect-error still missing
      bound({});
      // @ts-expect-error not a parameter
      sync.kernels.dataVectorFrom.bind({ matrix: 1, dirtyImage: 3 });
    });
  });

  test('definitions know their kernels and check their methods', () => {
    compiledOnly(() => {
      const facts = { id: 'x', precision: 'float64', info: { summary: '', deviceMemory: false } } as const;
      const cost = () => ({ flops: 1, bytes: 0 });
      const made = defineSyncBackend({
        ...facts,
        implementations: { chiSquared0From: { methods: { direct: { cost, run: ({ data }) => data.data[0] } } } },
      });
      expectTypeOf(made.kernels.chiSquared0From).not.toBeNullable();
      expectTypeOf(made.kernels.dataVectorFrom).toBeNullable();
      const number = { dataVectorFrom: { methods: { direct: { cost, run: () => 1 } } } };
      const atOnce = { dataVectorFrom: { methods: { direct: { cost, run: () => real([]) } } } };
      // @ts-expect-error a number is no vector
      defineSyncBackend({ ...facts, implementations: number });
      // @ts-expect-error asynchronous methods return promises
      defineAsyncBackend({ ...facts, implementations: atOnce });
    });
  });

  test('implement infers arguments and result from the descriptor', () => {
    const cost = () => ({ flops: 1, bytes: 0 });
    const made = implement(kernels.chiSquared0From, { direct: { cost, run: ({ data }) => data.data[0] } });
    expectTypeOf(made).toEqualTypeOf<SyncImplementation<'chiSquared0From'>>();
    const remote = implementAsync(kernels.chiSquared0From, { direct: { cost, run: async () => 1 } });
    expectTypeOf(remote).toEqualTypeOf<AsyncImplementation<'chiSquared0From'>>();
    // @ts-expect-error a number is no vector
    implement(kernels.dataVectorFrom, { direct: { cost, run: () => 1 } });
    // @ts-expect-error not a parameter
    implement(kernels.dataVectorFrom, { direct: { cost, run: ({ matrix }) => matrix } });
  });

  test('costs are operations, counted, or time, or both', () => {
    expectTypeOf<{ flops: number; bytes: number }>().toExtend<Cost>();
    expectTypeOf<{ time: number; bytes: number }>().toExtend<Cost>();
    expectTypeOf<{ bytes: number }>().not.toExtend<Cost>();
  });

  test('implementationsOn gives kernels their engine', () => {
    interface Engine {
      readonly scale: number;
    }
    const cost = () => ({ flops: 1, bytes: 0 });
    const chiSquared0From = implement(kernels.chiSquared0From, { direct: { cost, run: () => 1 } });
    const noiseNormalizationComplexFrom = ({ scale }: Engine) =>
      implement(kernels.noiseNormalizationComplexFrom, { direct: { cost, run: () => scale } });
    const made = implementationsOn({ scale: 3 }, { chiSquared0From, noiseNormalizationComplexFrom });
    expectTypeOf(made).toEqualTypeOf<{
      readonly chiSquared0From: SyncImplementation<'chiSquared0From'>;
      readonly noiseNormalizationComplexFrom: SyncImplementation<'noiseNormalizationComplexFrom'>;
    }>();
    const info = { summary: '', deviceMemory: false };
    const backend = defineSyncBackend({ id: 'x', precision: 'float64', info, implementations: made });
    expect(backend.kernels.noiseNormalizationComplexFrom({ noiseMap: complex([1, 1]) })).toBe(3);
    expect(backend.kernels.chiSquared0From({ data: complex([1, 1]), noiseMap: complex([1, 1]) })).toBe(1);
    // @ts-expect-error another engine
    compiledOnly(() => implementationsOn('engine', { noiseNormalizationComplexFrom }));
  });
});
