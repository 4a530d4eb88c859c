import { createLoopsBackend } from '@wtilde/backend-loops';
import { bool, complex, index, isWtildeError, real } from '@wtilde/core-types';
import { describe, expect, test } from 'vitest';
import * as lens from '../../src/index.js';
import { thrownBy } from '../mesh/thrownBy.js';

/** Values that types forbid and untyped callers pass. */
const nonsense: readonly unknown[] = [
  undefined,
  null,
  3,
  Number.NaN,
  '1e9',
  true,
  7n,
  Symbol('s'),
  () => 1,
  [],
  {},
  Object.create(null),
  [null],
  new Map(),
  new Proxy({}, {}),
  real([1, 2, 3]),
  complex([1, 2]),
  { dtype: 'real', shape: [2, 2], data: [1, 2, 3, 4] },
  { dtype: 'real', shape: [1e9, 2], data: new Float64Array(4) },
  { dtype: 'real', shape: [2n, 2], data: new Float64Array(4) },
];

const grid = real([0, 0, 1, 0, 0, 1, 1, 1.1], [4, 2]);
const mask = lens.circularMask({ shapeNative: [6, 6], pixelScale: 0.5, radius: 1.2 });
const sphere = { type: 'IsothermalSph', einsteinRadius: 1 };
const backends = [createLoopsBackend()];
const chunk = {
  data: complex([1, 0, 0, 1]),
  noiseMap: complex([1, 1, 1, 1]),
  uvWavelengths: real([1e5, 0, 0, 2e5], [2, 2]),
};
const simulation = {
  lens: { mass: [sphere], light: [] },
  mask,
  uvWavelengths: chunk.uvWavelengths,
  noise: 1,
  backends,
};
const model = {
  lens: { mass: [sphere] },
  mesh: { type: 'overlay', shape: [4, 4] },
  regularization: { type: 'constant', coefficient: 1 },
};
const typed: lens.Model = {
  lens: { mass: [{ type: 'IsothermalSph', einsteinRadius: 1 }] },
  mesh: { type: 'overlay', shape: [4, 4] },
  regularization: { type: 'constant', coefficient: 1 },
};
const ones = real(new Float64Array(lens.geometryOf(mask).pixels).fill(1));
const inversion = await lens.createInversion(chunk, { mask, backends });

/** A call of everything that is exported, with good arguments but for those that are given. */
const calls: Readonly<Record<string, { readonly call: unknown; readonly good: Readonly<Record<string, unknown>> }>> = {
  circularMask: { call: lens.circularMask, good: { shapeNative: [6, 6], pixelScale: 0.5, radius: 1.2 } },
  annularMask: {
    call: lens.annularMask,
    good: { shapeNative: [6, 6], pixelScale: 0.5, innerRadius: 0.1, outerRadius: 1.2 },
  },
  geometryOf: { call: lens.geometryOf, good: { ...mask } },
  overlayImageMesh: { call: lens.overlayImageMesh, good: { mask, shape: [4, 4] } },
  delaunayMapper: { call: lens.delaunayMapper, good: { vertices: grid, grid } },
  rectangularMapper: { call: lens.rectangularMapper, good: { shape: [3, 3], grid } },
  ellCompsFrom: { call: lens.ellCompsFrom, good: { axisRatio: 0.5, angle: 10 } },
  parseLensModel: { call: lens.parseLensModel, good: { mass: [sphere] } },
  prepareDataset: {
    call: (dataset: lens.Dataset) => lens.createInversion(dataset, { mask, backends }),
    good: { ...chunk },
  },
  createInversion: {
    call: (options: Parameters<typeof lens.createInversion>[1]) => lens.createInversion(chunk, options),
    good: { mask, backends },
  },
  inversionFrom: {
    call: (prepared: lens.PreparedDataset) => lens.inversionFrom(prepared, { backends }),
    good: { ...inversion },
  },
  adaptiveRectangularMapper: {
    call: lens.adaptiveRectangularMapper,
    good: { shape: [4, 4], grid, weights: real([1, 2, 3, 4]), cdf: 'kernel', bandwidth: 1 },
  },
  hilbertImageMesh: {
    call: lens.hilbertImageMesh,
    good: { mask, adaptImage: ones, pixels: 9, weightFloor: 0.1, weightPower: 1, edgePoints: 5 },
  },
  relocateToBorder: { call: lens.relocateToBorder, good: { mask, grid: lens.geometryOf(mask).grid, points: grid } },
  evidence: { call: inversion.evidence, good: { ...model, adaptImage: ones, useBorderRelocator: true } },
  evidenceOnPoints: {
    call: (mesh: lens.PointsMesh) => inversion.evidence({ ...typed, mesh }),
    good: { type: 'points', points: grid, zeroedPixels: 1, interpolation: 'natural' },
  },
  evidenceOnHilbert: {
    call: (mesh: lens.HilbertMesh) => inversion.evidence({ ...typed, mesh, adaptImage: ones }),
    good: { type: 'hilbert', pixels: 9, weightFloor: 0.1, weightPower: 1, edgePoints: 5 },
  },
  evidenceAdapted: {
    call: (regularization: lens.Regularization) => inversion.evidence({ ...typed, regularization, adaptImage: ones }),
    good: { type: 'adaptSplit', innerCoefficient: 1, outerCoefficient: 2, signalScale: 1 },
  },
  simulateVisibilities: { call: lens.simulateVisibilities, good: simulation },
};

async function outcome(call: unknown, ...given: readonly unknown[]): Promise<unknown> {
  if (typeof call !== 'function') throw new Error('no function');
  try {
    await Reflect.apply(call, undefined, given);
  } catch (error) {
    return error;
  }
  return undefined;
}

function expectTyped(error: unknown, what: string): void {
  if (error === undefined) return;
  expect(isWtildeError(error), `${what}: ${String(error)}`).toBe(true);
  expect(String(error), what).not.toMatch(/got undefined|\[object|=>/);
}

describe.each(Object.entries(calls))('%s', (_name, { call, good }) => {
  test('nothing but objects of arguments', async () => {
    for (const [at, value] of nonsense.entries()) {
      const error = await outcome(call, value);
      expect(isWtildeError(error), `nonsense ${at}: ${String(error)}`).toBe(true);
      expectTyped(error, `nonsense ${at}`);
    }
  });

  test.each(Object.keys(good))('%s: nonsense is refused by a typed error, or never looked at', async (argument) => {
    for (const [at, value] of nonsense.entries()) {
      expectTyped(await outcome(call, { ...good, [argument]: value }), `nonsense ${at}`);
    }
    const missing = await outcome(call, { ...good, [argument]: undefined });
    expect(isWtildeError(missing) || missing === undefined).toBe(true);
  });
});

describe('names', () => {
  test.each([
    ['delaunayMapper', { verteces: grid, grid }, 'UnknownArgument', /"verteces".*write vertices/],
    ['delaunayMapper', { grid }, 'MissingArgument', /delaunayMapper vertices/],
    ['rectangularMapper', { shape: [3, 3], gird: grid }, 'UnknownArgument', /write grid/],
    ['overlayImageMesh', { mask, shape: [3, 3], radius: 2 }, 'UnknownArgument', /"radius"/],
    ['circularMask', { shape_native: [6, 6], pixelScale: 1, radius: 3 }, 'UnknownArgument', /write shapeNative/],
    ['evidence', { ...model, regularisation: 1 }, 'UnknownArgument', /write regularization/],
    ['evidence', { ...model, mesh: { type: 'overlays', shape: [3, 3] } }, 'InvalidOption', /mesh\.type/],
    ['evidence', { ...model, regularization: { type: 'constant', coefficient: '1' } }, 'InvalidValue', /"1"/],
    [
      'evidence',
      { ...model, regularization: { type: 'constant', coefficient: Number.NaN } },
      'InvalidValue',
      /got NaN/,
    ],
    ['evidence', { ...model, adaptImage: real([1]) }, 'ShapeMismatch', /adaptImage/],
    ['evidence', { ...model, useBorderRelocator: 'yes' }, 'InvalidOption', /useBorderRelocator.*"yes"/],
    ['evidence', { ...model, mesh: { type: 'hilbert', pixels: 9, pixel: 3 } }, 'UnknownArgument', /write pixels/],
    ['evidence', { ...model, regularization: { type: 'Constant', coefficient: 1 } }, 'InvalidOption', /write constant/],
    ['createInversion', { mask, backends, tolerance: '1e-6' }, 'InvalidValue', /tolerance.*"1e-6"/],
    ['simulateVisibilities', { ...simulation, noise: '1' }, 'InvalidValue', /noise.*"1"/],
    ['simulateVisibilities', { ...simulation, uvWavelengths: index([1, 2]) }, 'DTypeMismatch', /uvWavelengths.*index/],
  ])('%s %#', async (name, given, code, message) => {
    const error = await outcome(calls[name].call, given);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test.each([
    [{ type: 'Isotermal', einsteinRadius: 1 }, /"Isotermal".*write Isothermal$/],
    [{ type: 'isothermal', einsteinRadius: 1 }, /write Isothermal$/],
    [{ type: 'Isothermal', einstein_radius: 1 }, /mass\[0\] Isothermal.*"einstein_radius".*write einsteinRadius$/],
    [{ type: 'Isothermal', einsteinRadius: 1, ellcomps: [0, 0] }, /write ellComps$/],
    [{ type: 'Unheard', einsteinRadius: 1 }, /use one of those$/],
    [{ type: 'Isothermal' }, /the parameter is missing.*got nothing.*add it/],
    [{ type: 'Isothermal', einsteinRadius: null }, /got null/],
    [{ type: 'Isothermal', einsteinRadius: 1, axisRatio: null }, /axisRatio.*got null/],
    [{ type: 'Isothermal', einsteinRadius: Number.NaN }, /got NaN/],
    [{ type: 'Isothermal', einsteinRadius: 1n }, /got 1n/],
    [{ type: 'Isothermal', einsteinRadius: '1.6' }, /got "1\.6"/],
    [{ type: Symbol('Isothermal') }, /got Symbol\(Isothermal\)/],
    [{ type: 'Isothermal', 'a\u001b[31m\u009b': 1 }, /"a\\u001b\[31m\\u009b"/],
  ])('profile %#', (profile, message) => {
    const error = thrownBy(() => lens.parseLensModel({ mass: [profile] }));
    expect(error).toMatchObject({ code: 'InvalidValue', message: expect.stringMatching(message) });
  });

  test('a model 5000 deep, or one that contains itself', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 5000; level++) deep = level % 2 === 0 ? [deep] : { mass: deep };
    const self: Record<string, unknown> = {};
    self.mass = self;
    for (const json of [deep, self, { mass: [deep] }, { mass: [{ type: deep }] }, { mass: deep, light: deep }]) {
      expect(thrownBy(() => lens.parseLensModel(json))).toMatchObject({ code: 'InvalidValue' });
    }
  });
});

describe('values that are not named', () => {
  test('lists, texts and arrays', () => {
    const ofOne: readonly unknown[] = [
      lens.deflectionsFrom,
      lens.rayTrace,
      lens.convergenceFrom,
      lens.potentialFrom,
      lens.imageFrom,
      lens.parametersOf,
    ].flatMap((call) =>
      nonsense.flatMap((value) => [
        () => Reflect.apply(call, undefined, [value, grid]),
        () => Reflect.apply(call, undefined, [[], value]),
      ]),
    );
    const gradients = nonsense.flatMap((value) => [
      () => Reflect.apply(lens.lensGradient, undefined, [value, grid, grid]),
      () => Reflect.apply(lens.lensGradient, undefined, [[], value, grid]),
      () => Reflect.apply(lens.lensGradient, undefined, [[sphere], grid, value]),
    ]);
    const others = [
      lens.maskOf,
      lens.parseMesh,
      lens.parseRegularization,
      lens.axisRatioAndAngleFrom,
      lens.delaunayOf,
      lens.preparedFrom,
      lens.parseLensModel,
    ].flatMap((call) => nonsense.map((value) => () => Reflect.apply(call, undefined, [value, 0.1])));
    for (const call of [...ofOne, ...gradients, ...others]) {
      if (typeof call === 'function')
        expectTyped(
          thrownBy(() => call()),
          String(call),
        );
    }
  });

  test('a mask of another type, a scale as text', () => {
    expect(thrownBy(() => lens.maskOf(bool([1, 0]), 0.1))).toMatchObject({ code: 'ShapeMismatch' });
    expect(thrownBy(() => Reflect.apply(lens.maskOf, undefined, [bool([1, 0], [1, 2]), '0.1']))).toMatchObject({
      code: 'InvalidValue',
      actual: '"0.1"',
    });
  });
});
