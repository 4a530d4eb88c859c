// docs/adr/0011-contract-version-1.md: what may not change any more. `npm run typecheck` compiles this file.
import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type AccumulatorSpec,
  type AsyncBackend,
  type AsyncBackendV1,
  type AsyncBound,
  type AsyncKernel,
  type AsyncMethod,
  type AsyncVisibilityAccumulator,
  allKernels,
  type Backend,
  type BackendV1,
  type CallOf,
  complex,
  isBackend,
  kernelOf,
  type MethodFacts,
  type NumericClass,
  type Options,
  type Precision,
  type PreparedAsync,
  type PreparedSync,
  type PreparedVisibilities,
  type RunContext,
  type Solve,
  type SyncBackend,
  type SyncBackendV1,
  type SyncBound,
  type SyncKernel,
  type SyncMethod,
  tolerances,
  type VisibilityAccumulator,
  type VisibilityChunk,
} from '../src/index.js';
import { backendOfV1 } from './support/backendOfV1.js';
import { signatureOf } from './support/signatureOf.js';

/** The members that whoever makes one must give, and whoever has one may rely on. */
type Required<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];

describe('a backend written for version 1', () => {
  test('is a backend of today', () => {
    expectTypeOf(backendOfV1).toExtend<BackendV1>();
    expectTypeOf(backendOfV1).toExtend<Backend>();
    expectTypeOf<SyncBackend<'dataVectorFrom'>>().toEqualTypeOf<SyncBackendV1<'dataVectorFrom'>>();
    expectTypeOf<AsyncBackend<'dataVectorFrom'>>().toEqualTypeOf<AsyncBackendV1<'dataVectorFrom'>>();
    expect(isBackend(backendOfV1)).toBe(true);
  });

  test('is called as any other', () => {
    const args = { data: complex([3, 4]), noiseMap: complex([1, 2]) };
    expect(backendOfV1.kernels.chiSquared0From(args)).toBe(13);
    expect(backendOfV1.kernels.chiSquared0From.bind({ noiseMap: args.noiseMap })({ data: args.data })).toBe(13);
    expect(kernelOf(backendOfV1, 'chiSquared0From')?.(args)).toBe(13);
  });

  test.each([
    [{ ...backendOfV1, contract: 2 }],
    [{ ...backendOfV1, kernels: undefined }],
    [{ ...backendOfV1, id: 1 }],
    [{ contract: 1, id: 'x' }],
    ['backend'],
    [null],
  ])('and nothing else is: %#', (value) => {
    expect(isBackend(value)).toBe(false);
  });
});

describe('what has to be there', () => {
  test('on backends and their kernels', () => {
    type Facts = 'contract' | 'id' | 'precision' | 'mode' | 'info' | 'kernels';
    expectTypeOf<Required<SyncBackendV1>>().toEqualTypeOf<Facts>();
    expectTypeOf<Required<AsyncBackendV1>>().toEqualTypeOf<Facts>();
    type KernelFacts = 'descriptor' | 'limited' | 'bind' | 'methods' | 'sizesOf' | 'appraise';
    expectTypeOf<Required<SyncKernel<'dataVectorFrom'>>>().toEqualTypeOf<KernelFacts>();
    expectTypeOf<Required<AsyncKernel<'dataVectorFrom'>>>().toEqualTypeOf<KernelFacts>();
    expectTypeOf<Required<SyncBound<'dataVectorFrom', never>>>().toEqualTypeOf<'runMany' | 'dispose'>();
    expectTypeOf<Required<AsyncBound<'dataVectorFrom', never>>>().toEqualTypeOf<'runMany' | 'dispose'>();
    expectTypeOf<Precision>().toEqualTypeOf<'float32' | 'float64'>();
  });

  test('on what their authors write', () => {
    expectTypeOf<Required<MethodFacts>>().toEqualTypeOf<'cost'>();
    expectTypeOf<Required<SyncMethod<'dataVectorFrom'>>>().toEqualTypeOf<'cost' | 'run'>();
    expectTypeOf<Required<AsyncMethod<'dataVectorFrom'>>>().toEqualTypeOf<'cost' | 'run'>();
    expectTypeOf<Required<PreparedSync<'dataVectorFrom'>>>().toEqualTypeOf<'run'>();
    expectTypeOf<Required<PreparedAsync<'dataVectorFrom'>>>().toEqualTypeOf<'run'>();
    expectTypeOf<Required<RunContext>>().toEqualTypeOf<'sizes' | 'options'>();
    expectTypeOf<Required<CallOf<object>>>().toEqualTypeOf<'args' | 'context'>();
  });

  test('on options, which all can be left out, and accumulators', () => {
    expectTypeOf<Required<Options>>().toEqualTypeOf<never>();
    expectTypeOf<'unrestricted' | 'positive'>().toExtend<Solve>();
    expectTypeOf<Required<VisibilityChunk>>().toEqualTypeOf<'data' | 'noiseMap' | 'uvWavelengths'>();
    type Spec = 'gridSize' | 'pixelScale' | 'gridRadiansSlim' | 'nativeIndexForSlimIndex';
    expectTypeOf<Required<AccumulatorSpec>>().toEqualTypeOf<Spec>();
    type Sums = 'wCompact' | 'dirtyImage' | 'chiSquared0' | 'noiseNormalization' | 'visibilityCount' | 'flaggedCount';
    expectTypeOf<Required<PreparedVisibilities>>().toEqualTypeOf<Spec | Sums>();
    expectTypeOf<Required<VisibilityAccumulator>>().toEqualTypeOf<'add' | 'merge' | 'finish'>();
    expectTypeOf<Required<AsyncVisibilityAccumulator>>().toEqualTypeOf<'add' | 'merge' | 'finish'>();
  });
});

const frozen = readFileSync(new URL('support/kernelsOfV1.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

describe('the kernels of version 1', () => {
  const today = new Map(allKernels().map((kernel) => [kernel.name, signatureOf(kernel)]));

  test.each(frozen.map((line) => [line.slice(0, line.indexOf('(')), line]))(
    '%s takes and gives what it did',
    (name, line) => {
      expect(today.get(name)).toBe(line);
    },
  );

  test('are compared by tolerances that are no tighter', () => {
    const atLeast = {
      exact: [0, 0],
      fewAdditions: [2, 2],
      transform: [1e-12, 2e-6],
      product: [1e-12, 2e-5],
      solve: [1e-14, undefined],
      positiveSolve: [1e-14, undefined],
      violation: [1e-10, undefined],
      effort: [0, undefined],
      inverse: [1e-14, undefined],
      derivative: [1e-8, undefined],
      scalar: [1e-12, undefined],
      logDeterminant: [1e-10, undefined],
      evidence: [1e-12, undefined],
      errorBound: [1.01, undefined],
    } as const satisfies Partial<Record<NumericClass, readonly [number, number | undefined]>>;
    const today = new Map<string, Readonly<Record<Precision, number | undefined>>>(Object.entries(tolerances));
    for (const [numericClass, [float64, float32]] of Object.entries(atLeast)) {
      expect(today.get(numericClass)?.float64, numericClass).toBeGreaterThanOrEqual(float64);
      if (float32 !== undefined) expect(today.get(numericClass)?.float32, numericClass).toBeGreaterThanOrEqual(float32);
    }
  });
});
