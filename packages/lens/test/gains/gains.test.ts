import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { type Backend, real } from '@wtilde/core-types';
import type { Visibilities } from '@wtilde/data';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  circularMask,
  createInversion,
  type GainErrors,
  inversionFrom,
  type Model,
  parseMesh,
  parseRegularization,
  prepareDataset,
  preparedFields,
  preparedFrom,
} from '../../src/index.js';
import { hostDispatcher } from '../../src/inversion/hostDispatcher.js';
import { truth } from '../inversion/scene.js';
import { evidenceByCovariance, observeWithGains } from './oracle.js';

const loops = createLoopsBackend();
const mask = circularMask({ shapeNative: [24, 24], pixelScale: 0.22, radius: 2.4 });
let wasm: Backend;
let visibilities: Visibilities;
beforeAll(async () => {
  wasm = await createWasmBackend({ threads: 1 });
  visibilities = await observeWithGains(mask, 0.3, 0.05);
});

const mass = [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.4, ellComps: [0.1, 0.06] }] as const;
function modelOf(mesh = 'overlay:9x9', regularization = 'gradient:2'): Model {
  return { lens: { mass }, mesh: parseMesh(mesh), regularization: parseRegularization(regularization) };
}
/** A lensed image that is like the observed one. */
async function imageOf(): Promise<GainErrors['image']> {
  const inversion = await createInversion(visibilities, { mask, backends: [loops] });
  return (await inversion.evidence({ ...modelOf(), lens: truth })).mappedReconstructedImage();
}

const errors: Readonly<Record<string, GainErrors>> = {
  'phases, all the time': { phase: 0.3 },
  'phases of intervals': { phase: 0.3, interval: 300 },
  amplitudes: { amplitude: 0.1, interval: 200 },
  both: { phase: 0.5, amplitude: 0.05, interval: 300 },
};

describe('evidences and gains are those of the covariance of the visibilities', () => {
  test.each(Object.entries(errors))('%s', async (_, given) => {
    for (const gainErrors of [given, { ...given, image: await imageOf() }]) {
      for (const [backend, regularization] of [
        [loops, 'gradient:2'],
        [wasm, 'gradient:2'],
        [wasm, 'exponentialKernel:coefficient=2,scale=0.4'],
      ] as const) {
        const model = modelOf('overlay:9x9', regularization);
        const inversion = await createInversion(visibilities, { mask, backends: [backend], gainErrors });
        const found = await inversion.evidence(model);
        const expected = evidenceByCovariance(visibilities, mask, model, gainErrors);
        expect(Math.abs(found.logEvidence - expected.logEvidence)).toBeLessThan(1e-7);
        expect(found.logEvidence).toBe(sumOf(found.terms));
        expectGains(found.antennaGains?.(), expected.gains);
        inversion.dispose();
      }
    }
  });

  test('about gains that are known to first order', async () => {
    const first: GainErrors = { phase: 0.4, amplitude: 0.1, interval: 300, image: await imageOf() };
    const before = await createInversion(visibilities, { mask, backends: [loops], gainErrors: first });
    const estimates = (await before.evidence(modelOf())).antennaGains?.();
    const gainErrors = { ...first, estimates };
    const inversion = await createInversion(visibilities, { mask, backends: [loops], gainErrors });
    const found = await inversion.evidence(modelOf());
    const expected = evidenceByCovariance(visibilities, mask, modelOf(), gainErrors);
    expect(Math.abs(found.logEvidence - expected.logEvidence)).toBeLessThan(1e-7);
    expectGains(found.antennaGains?.(), expected.gains);
  });

  test('of many image pixels', async () => {
    const large = circularMask({ shapeNative: [74, 74], pixelScale: 0.07, radius: 2.6 });
    const gainErrors = errors.both;
    const inversion = await createInversion(visibilities, { mask: large, backends: [wasm], gainErrors });
    expect(inversion.sums.dirtyImage.data.length).toBeGreaterThan(4096);
    const { logEvidence } = await inversion.evidence(modelOf('overlay:8x8'));
    const expected = evidenceByCovariance(visibilities, large, modelOf('overlay:8x8'), gainErrors);
    expect(Math.abs(logEvidence - expected.logEvidence)).toBeLessThan(1e-7);
    inversion.dispose();
  });
});

function sumOf(terms: Readonly<Record<string, number>>): number {
  const { chiSquared, regularizationTerm, logDetCurvatureRegMatrix, logDetRegularizationMatrix } = terms;
  return -(
    0.5 *
    (chiSquared + regularizationTerm + logDetCurvatureRegMatrix - logDetRegularizationMatrix + terms.noiseNormalization)
  );
}

type Estimates = NonNullable<GainErrors['estimates']>;

function expectGains(found: Estimates | undefined, expected: ReturnType<typeof evidenceByCovariance>['gains']): void {
  if (found === undefined) throw new Error('no gains');
  expect(expected.length).toBeGreaterThan(0);
  const first = Math.min(...found.starts.data);
  for (const { key, mean, error } of expected) {
    const [kind, gain] = key.split(' ');
    const [antenna, number] = gain.split(',').map(Number);
    const starts = [...new Set(found.starts.data)].sort((a, b) => a - b);
    const at = found.antennas.data.findIndex((each, i) => each === antenna && found.starts.data[i] === starts[number]);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(found.starts.data[at]).toBeGreaterThanOrEqual(first);
    const [values, deviations] =
      kind === 'phase' ? [found.phases, found.phaseErrors] : [found.amplitudes, found.amplitudeErrors];
    expect(values.data[at]).toBeCloseTo(mean, 8);
    expect(deviations.data[at]).toBeCloseTo(error, 8);
  }
}

describe('derivatives', () => {
  const paths = ['mass.0.einsteinRadius', 'mass.0.centre.0', 'regularization.coefficient'];
  test.each([
    ['gradient:2', 'unrestricted'],
    ['exponentialKernel:coefficient=2,scale=0.4', 'unrestricted'],
    ['gradient:2', 'positive'],
  ] as const)('of %s, %s, are those of differences', async (regularization, solve) => {
    const gainErrors: GainErrors = { ...errors.both, image: await imageOf() };
    const inversion = await createInversion(visibilities, { mask, backends: [loops], gainErrors });
    const at = (path: string, by: number) => {
      const model = { ...structuredClone(modelOf('overlay:9x9', regularization)), solve };
      const names = path.split('.');
      const last = names.pop() ?? '';
      const start: unknown = names[0] === 'regularization' ? model : model.lens;
      const holder = Object(names.reduce((value: unknown, name) => Reflect.get(Object(value), name), start));
      Reflect.set(holder, last, Number(Reflect.get(holder, last)) + by);
      return model;
    };
    const { gradient, logEvidence } = await inversion.evidenceAndGradient(at(paths[0], 0));
    expect(logEvidence).toBeCloseTo((await inversion.evidence(at(paths[0], 0))).logEvidence, 8);
    expect(await (await inversion.evidence(at(paths[0], 0))).gradient()).toEqual(gradient);
    for (const path of paths) {
      const step = 1e-5;
      const [above, below] = [await inversion.evidence(at(path, step)), await inversion.evidence(at(path, -step))];
      const difference = (above.logEvidence - below.logEvidence) / (2 * step);
      expect(Math.abs(gradient[path] - difference)).toBeLessThan(2e-5 * (1 + Math.abs(difference)));
    }
  });
});

test('derivatives of more source pixels than compiled code works on together are those of plain loops', async () => {
  const gainErrors: GainErrors = { ...errors.both, image: await imageOf() };
  const model = modelOf('overlay:16x16');
  const [expected, found] = await Promise.all(
    [loops, wasm].map(async (backend) => {
      const inversion = await createInversion(visibilities, { mask, backends: [backend], gainErrors });
      return await inversion.evidenceAndGradient(model);
    }),
  );
  expect(expected.reconstruction.data.length).toBeGreaterThan(192);
  for (const [path, derivative] of Object.entries(expected.gradient)) {
    expect(Math.abs(found.gradient[path] - derivative)).toBeLessThan(1e-8 * (1 + Math.abs(derivative)));
  }
  for (const [term, gradient] of Object.entries(expected.gradientOfTerms())) {
    const other: unknown = Reflect.get(found.gradientOfTerms(), term);
    for (const [path, derivative] of Object.entries(gradient)) {
      const difference = Number(Reflect.get(Object(other), path)) - derivative;
      expect(Math.abs(difference)).toBeLessThan(1e-8 * (1 + Math.abs(derivative)));
    }
  }
});

test('light profiles are averaged over gains too', async () => {
  const gainErrors = errors['phases of intervals'];
  const inversion = await createInversion(visibilities, { mask, backends: [loops], gainErrors });
  const { mesh, regularization } = modelOf();
  const none = { lens: { mass, light: [] }, mesh, regularization };
  const { logEvidence } = await inversion.lightEvidence(none);
  expect(logEvidence).toBeCloseTo((await inversion.evidence(modelOf())).logEvidence, 8);
});

test('a prepared dataset keeps them in a file; its sums are those without', async () => {
  const gainErrors = errors.both;
  const prepared = await prepareDataset(visibilities, {
    mask,
    gainErrors,
    dispatcher: hostDispatcher({ backends: [loops] }),
  });
  const again = preparedFrom(preparedFields(prepared));
  expect(again.gains).toEqual(prepared.gains);
  const plain = await createInversion(visibilities, { mask, backends: [loops] });
  expect(prepared.sums.dirtyImage.data).toEqual(plain.sums.dirtyImage.data);
  const [one, other] = [prepared, again].map((each) => inversionFrom(each, { backends: [loops] }));
  const found = await one.evidence(modelOf());
  expect((await other.evidence(modelOf())).logEvidence).toBe(found.logEvidence);
  expect((await plain.evidence(modelOf())).antennaGains).toBeUndefined();
});

test('flagged visibilities have no part in them', async () => {
  const { data, noiseMap } = visibilities;
  const flagged = { ...visibilities, noiseMap: { ...noiseMap, data: noiseMap.data.slice() } };
  flagged.noiseMap.data.fill(Number.POSITIVE_INFINITY, 0, 2);
  const other = { ...flagged, data: { ...data, data: data.data.map((value, lane) => (lane < 2 ? 99 : value)) } };
  const [one, two] = await Promise.all(
    [flagged, other].map((each) => createInversion(each, { mask, backends: [loops], gainErrors: errors.both })),
  );
  expect((await one.evidence(modelOf())).logEvidence).toBe((await two.evidence(modelOf())).logEvidence);
});

test('what cannot be is refused', async () => {
  const make = (gainErrors: GainErrors, dataset: Visibilities = visibilities) =>
    createInversion(dataset, { mask, backends: [loops], gainErrors });
  const { data, noiseMap, uvWavelengths } = visibilities;
  await expect(make({ phase: 0.3 }, { data, noiseMap, uvWavelengths })).rejects.toMatchObject({
    code: 'MissingArgument',
    where: 'dataset antennas, times',
  });
  await expect(make({})).rejects.toMatchObject({ code: 'MissingArgument', where: 'gainErrors' });
  await expect(make({ phase: 4 })).rejects.toMatchObject({ code: 'InvalidValue' });
  await expect(make({ phase: 0.3, interval: 0 })).rejects.toMatchObject({ code: 'InvalidValue' });
  await expect(make({ phase: 0.3, image: real([1]) })).rejects.toMatchObject({ code: 'ShapeMismatch' });
  const antennas = {
    ...visibilities.antennas,
    dtype: 'index',
    shape: [60, 2],
    data: new Int32Array(120).fill(-1),
  } as const;
  await expect(make({ phase: 0.3 }, { ...visibilities, antennas })).rejects.toMatchObject({
    code: 'InvalidValue',
    where: 'dataset, visibility 0 (from 0)',
  });
});
