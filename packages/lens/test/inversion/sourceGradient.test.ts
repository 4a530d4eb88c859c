import { createLoopsBackend } from '@wtilde/backend-loops';
import type { NdArray } from '@wtilde/core-types';
import { observations, uvTrackOf } from '@wtilde/data';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  circularMask,
  createInversion,
  type Inversion,
  type MassProfile,
  type Model,
  parametersOf,
  parseMesh,
  parseRegularization,
  simulateVisibilities,
} from '../../src/index.js';
import { isWhole } from '../regularization/scenes.js';
import { truth } from './scene.js';

let inversion: Inversion;
let adaptImage: NdArray<'real'>;
beforeAll(async () => {
  const backends = [createLoopsBackend()];
  const mask = circularMask({ shapeNative: [24, 24], pixelScale: 0.2, radius: 2.2 });
  const uvWavelengths = uvTrackOf(observations.sma, 200);
  const { visibilities } = await simulateVisibilities({
    lens: truth,
    mask,
    uvWavelengths,
    noise: 5,
    seed: 3,
    backends,
  });
  inversion = await createInversion(visibilities, { mask, backends });
  const first = { mesh: parseMesh('overlay:10x10'), regularization: parseRegularization('constant:3') };
  adaptImage = (await inversion.evidence({ lens: { mass }, ...first })).mappedReconstructedImage();
});

const mass: readonly MassProfile[] = [
  { type: 'PowerLaw', centre: [0.03, -0.05], einsteinRadius: 1.4, slope: 2.1, ellComps: [0.09, 0.05] },
  { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.02 },
];
const adapted = 'innerCoefficient=1.2,outerCoefficient=3,signalScale=0.7';

/** The model with one number of it moved. */
function moved(model: Model, path: string, by: number): Model {
  const copy: Model = structuredClone(model);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const start: unknown = names[0] === 'regularization' ? copy : copy.lens;
  const holder = names.reduce((at: unknown, name) => Reflect.get(Object(at), name), start);
  Reflect.set(Object(holder), last, Number(Reflect.get(Object(holder), last)) + by);
  return copy;
}

const models: readonly (readonly [mesh: string, regularization: string, border: boolean])[] = [
  ['overlay:8x8', 'constant:3', true],
  ['overlay:8x8:natural', 'gradient:2', true],
  ['rectangular:7x8', 'constant:3', true],
  ['rectangularAdaptDensity:8x8', 'constant:3', true],
  ['rectangularAdaptImage:8x9', `adaptPower:${adapted}`, false],
  ['hilbert:50:natural,weightPower=1,weightFloor=0.1', 'zeroth:2', false],
  ['overlay:8x8', 'constantZeroth:2,0.5', false],
  ['overlay:8x8', `adapt:${adapted}`, false],
  ['overlay:8x8', 'exponentialKernel:2,0.3', false],
  ['overlay:8x8:natural', 'maternKernel:2,0.3,1.2', true],
  ['overlay:8x8:natural', 'maternField:2,0.4,1', true],
  ['overlay:8x8:natural', 'maternField:2,0.4,3', false],
  ['overlay:8x8', `maternAdaptKernel:scale=0.3,nu=0.7,${adapted}`, false],
  ['overlay:8x8:natural', `maternAdaptKernel:scale=0.3,nu=1.5,${adapted}`, false],
  ['overlay:8x8', 'gaussianKernel:2,0.15', false],
  ['overlay:8x8', 'constantSplit:3', false],
  ['overlay:8x8:natural', `adaptSplitZeroth:${adapted},zerothCoefficient=0.3`, false],
];

describe.each(models)('the gradient on %s with %s, border %s', (mesh, regularization, useBorderRelocator) => {
  test('is that of differences, by every parameter of lens and regularization', async () => {
    const model: Model = {
      lens: { mass },
      mesh: parseMesh(mesh),
      regularization: parseRegularization(regularization),
      adaptImage,
      useBorderRelocator,
    };
    const gradient = await (await inversion.evidence(model)).gradient();
    const own = Object.keys(model.regularization).filter(
      (name) => name !== 'type' && !isWhole(model.regularization, name),
    );
    const paths = [...parametersOf(mass).map(({ path }) => path), ...own.map((name) => `regularization.${name}`)];
    for (const path of paths) expect(gradient).toHaveProperty([path]);
    const largest = Math.max(...Object.values(gradient).map(Math.abs));
    // Without a frame the level of crosses is held by a ridge of 1e-8 beside numbers of some tens: differences of its log
    // determinant are as good as that.
    const tolerance = model.regularization.type === 'constantSplit' ? 3e-4 : 2e-5;
    let compared = 0;
    for (const path of paths) {
      // Where neighbours change in between, a difference says nothing of the derivative: then slopes disagree.
      const step = 2e-6;
      const at = async (by: number) => (await inversion.evidence(moved(model, path, by))).logEvidence;
      const [far, near, middle, nearBack, farBack] = await Promise.all([2, 1, 0, -1, -2].map((k) => at(k * step)));
      const slopes = [far - near, near - middle, middle - nearBack, nearBack - farBack].map((rise) => rise / step);
      if (Math.max(...slopes) - Math.min(...slopes) > 1e-2 * largest) continue;
      compared += 1;
      const difference = (8 * (near - nearBack) - (far - farBack)) / (12 * step);
      expect(Math.abs(gradient[path] - difference) / largest, path).toBeLessThan(tolerance);
    }
    expect(compared).toBeGreaterThanOrEqual(paths.length - 3);
  });
});

test('there is none of a kernel on rectangles, and it says so', async () => {
  const evidence = await inversion.evidence({
    lens: { mass },
    mesh: parseMesh('rectangular:8x8'),
    regularization: parseRegularization('exponentialKernel:1,0.3'),
  });
  await expect(evidence.gradient()).rejects.toThrow(/on a rectangular mesh/);
});
