import { describe, expect, test } from 'vitest';
import {
  type AccumulatorSpec,
  accumulate,
  complex,
  createKernelAccumulator,
  defineSyncBackend,
  index,
  real,
  type SyncBackend,
  type VisibilityChunk,
} from '../src/index.js';
import { errorOf, rejectionOf } from './support/errors.js';

const spec: AccumulatorSpec = {
  gridSize: 2,
  pixelScale: 0.1,
  gridRadiansSlim: real([1, 0, 0, 1], [2, 2]),
  nativeIndexForSlimIndex: index([0, 0, 1, 1], [2, 2]),
};
const chunk: VisibilityChunk = {
  data: complex([1, 2]),
  noiseMap: complex([1, 1]),
  uvWavelengths: real([1, 2], [1, 2]),
};

const cost = () => ({ flops: 1, bytes: 0 });
type Summing = Parameters<typeof createKernelAccumulator>[0];

const backend: SyncBackend<keyof Summing> = defineSyncBackend({
  id: 'zeros',
  precision: 'float64',
  info: { summary: 'gives zeros', deviceMemory: false },
  implementations: {
    wCompactCurvatureInterferometerFrom: { methods: { only: { cost, run: () => real([0, 0, 0, 0, 0, 0], [2, 3]) } } },
    dirtyImageInterferometerFrom: { methods: { only: { cost, run: () => real([0, 0]) } } },
    chiSquared0From: { methods: { only: { cost, run: () => 5 } } },
    noiseNormalizationComplexFrom: { methods: { only: { cost, run: () => 0 } } },
  },
  createAccumulator: (given) => createKernelAccumulator(backend.kernels, given),
});

/** Both ways to one, given anything. */
const ways: readonly ((given: unknown) => ReturnType<typeof createKernelAccumulator>)[] = [
  (given) => Reflect.apply(createKernelAccumulator, undefined, [backend.kernels, given]),
  (given) => Reflect.apply(backend.createAccumulator ?? expect.fail, undefined, [given]),
];

describe.each(ways)('an accumulator (%#)', (create) => {
  test('checks its spec as arguments are checked', () => {
    errorOf(() => create(null), 'MissingArgument');
    for (const [field, value, code] of [
      ['gridSize', undefined, 'MissingArgument'],
      ['gridSize', '5', 'DTypeMismatch'],
      ['gridSize', Number.NaN, 'InvalidValue'],
      ['pixelScale', Symbol('s'), 'DTypeMismatch'],
      ['gridRadiansSlim', null, 'DTypeMismatch'],
      ['gridRadiansSlim', real([1, 2], [1, 2]), 'ShapeMismatch'],
      ['nativeIndexForSlimIndex', index([0, 0, 1, 2], [2, 2]), 'IndexOutOfRange'],
      ['tolerance', '1e-3', 'DTypeMismatch'],
      ['expectedVisibilities', 10n, 'DTypeMismatch'],
      ['gridsize', 2, 'UnknownArgument'],
    ] as const) {
      const { where } = errorOf(() => create({ ...spec, [field]: value }), code);
      expect(where).toMatch(/^createAccumulator\(/);
    }
  });

  test('checks its chunks', () => {
    const accumulator = create(spec);
    const add = (given: unknown) => () => Reflect.apply(accumulator.add, accumulator, [given]);
    errorOf(add(null), 'MissingArgument');
    errorOf(add({}), 'MissingArgument');
    errorOf(add({ ...chunk, data: real([1]) }), 'DTypeMismatch');
    errorOf(add({ ...chunk, noiseMap: complex([1, 2, 3, 4]) }), 'ShapeMismatch');
    accumulator.add(chunk);
    expect(accumulator.finish()).toMatchObject({ ...spec, visibilityCount: 1, chiSquared0: 5 });
  });

  test('takes instances of classes', () => {
    class Spec {
      readonly gridSize = 2;
      readonly pixelScale = 0.1;
      get gridRadiansSlim() {
        return spec.gridRadiansSlim;
      }
      get nativeIndexForSlimIndex() {
        return spec.nativeIndexForSlimIndex;
      }
    }
    class Chunk {
      get data() {
        return chunk.data;
      }
      get noiseMap() {
        return chunk.noiseMap;
      }
      get uvWavelengths() {
        return chunk.uvWavelengths;
      }
    }
    const accumulator = create(new Spec());
    accumulator.add(new Chunk());
    expect(accumulator.finish()).toMatchObject({ ...spec, visibilityCount: 1 });
  });
});

test('accumulate checks its options', async () => {
  for (const options of [null, { onProgress: 5 }, { signal: true }, { onprogress: () => {} }]) {
    const run: Promise<unknown> = Reflect.apply(accumulate, undefined, [
      createKernelAccumulator(backend.kernels, spec),
      [chunk],
      options,
    ]);
    await rejectionOf(run, 'InvalidOption');
  }
});
