import { createLoopsBackend } from '@wtilde/backend-loops';
import { observations, uvTrackOf } from '@wtilde/data';
import { beforeAll, expect, test } from 'vitest';
import {
  circularMask,
  createInversion,
  type Inversion,
  type LensModel,
  type Model,
  parseMesh,
  parseRegularization,
  regularizationKinds,
  simulateVisibilities,
} from '../../src/index.js';
import { truth } from './scene.js';

let inversion: Inversion;
let adaptImage: NonNullable<Model['adaptImage']>;

beforeAll(async () => {
  const mask = circularMask({ shapeNative: [32, 32], pixelScale: 0.16, radius: 2.4 });
  const backends = [createLoopsBackend()];
  const uvWavelengths = uvTrackOf(observations.sma, 200);
  const { visibilities } = await simulateVisibilities({
    lens: truth,
    mask,
    uvWavelengths,
    noise: 3,
    seed: 3,
    backends,
  });
  inversion = await createInversion(visibilities, { mask, backends });
  const pixels = { mesh: parseMesh('overlay:14x14'), regularization: parseRegularization('gradient:1') };
  adaptImage = (await inversion.evidence({ lens: lensOf(1.4), ...pixels })).mappedReconstructedImage();
});

const lensOf = (einsteinRadius: number): LensModel => ({
  mass: [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius, axisRatio: 0.75, angle: 30 }],
});

const adapt = 'innerCoefficient=1,outerCoefficient=2';
/** Every regularization that has an evidence, and every mesh that has a gradient. */
const cases = [
  ['overlay:12x12', 'gradient:2'],
  ['overlay:12x12:laplace', 'gradient:2'],
  ['overlay:12x12:barycentric', 'constant:2'],
  ['overlay:12x12', 'zeroth:1'],
  ['overlay:12x12', 'constantZeroth:2,0.5'],
  ['overlay:12x12', 'constantSplit:2'],
  ['overlay:12x12', `adapt:${adapt}`],
  ['overlay:12x12', `adaptPower:${adapt}`],
  ['overlay:12x12', `adaptSplit:${adapt}`],
  ['overlay:12x12', `adaptSplitPower:${adapt}`],
  ['overlay:12x12', `adaptSplitZeroth:${adapt},zerothCoefficient=0.4`],
  ['overlay:12x12', 'gaussianKernel:1,0.1'],
  ['overlay:12x12:barycentric', 'exponentialKernel:1,0.2'],
  ['overlay:12x12', 'maternKernel:1,0.2,1.3'],
  ['overlay:12x12', 'maternField:1,0.3,2'],
  ['overlay:12x12', `maternAdaptKernel:scale=0.2,nu=0.7,${adapt}`],
  ['hilbert:90:natural,weightPower=1,weightFloor=0.2,edgePoints=20', 'constant:2'],
  ['rectangular:11x11', 'constant:2'],
  ['rectangularAdaptDensity:11x11', `adaptPower:${adapt}`],
  ['rectangularAdaptImage:11x11,weightPower=0.5', 'constant:2'],
] as const;

test('every regularization with an evidence, and every mesh with a gradient, is among them', () => {
  const tested = new Set(cases.map(([, regularization]) => regularization.replace(/:.*/, '')));
  expect([...tested, 'brightnessZeroth'].toSorted()).toEqual(Object.keys(regularizationKinds).toSorted());
});

test.each(cases)('%s with %s: the gradient of a positive source', async (mesh, text) => {
  const regularization = parseRegularization(text);
  const model = (einsteinRadius: number, changed = regularization) =>
    ({
      lens: lensOf(einsteinRadius),
      mesh: parseMesh(mesh),
      regularization: changed,
      adaptImage,
      solve: 'positive',
    }) as const;
  const { gradient, logEvidence, reconstruction } = await inversion.evidenceAndGradient(model(1.4));
  // Some pixels are dark, so that it is not the unrestricted one.
  expect(reconstruction.data.includes(0)).toBe(true);
  const value = async (at: ReturnType<typeof model>) => (await inversion.evidence(at)).logEvidence;
  expect(await value(model(1.4))).toBeCloseTo(logEvidence, 6);
  const step = 1e-6;
  const slope = ((await value(model(1.4 + step))) - (await value(model(1.4 - step)))) / (2 * step);
  expect(Math.abs(gradient['mass.0.einsteinRadius'] - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
  const [[name, number]] = Object.entries(regularization).filter(([key]) => key !== 'type');
  const scaled = (by: number) => model(1.4, { ...regularization, [name]: Number(number) * (1 + by) });
  const rise = ((await value(scaled(step))) - (await value(scaled(-step)))) / (2 * step * Number(number));
  expect(Math.abs(gradient[`regularization.${name}`] - rise)).toBeLessThan(1e-4 * (1 + Math.abs(rise)));
});
