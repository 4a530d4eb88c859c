import { createLoopsBackend } from '@wtilde/backend-loops';
import { readVisibilityFiles } from '@wtilde/data/node';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  circularMask,
  createInversion,
  type Inversion,
  type Mapper,
  type MassProfile,
  type Mesh,
  type Model,
  parametersOf,
  parseLensModel,
  parseMesh,
  parseRegularization,
} from '../../src/index.js';
import { dataFolder, testWithGoldenJson } from '../golden.js';
import { observe } from './scene.js';

const backends = [createLoopsBackend()];
let inversion: Inversion;
beforeAll(async () => {
  const { visibilities, mask } = await observe(5, 300);
  inversion = await createInversion(visibilities, { mask, backends });
});

const mass: readonly MassProfile[] = [
  { type: 'PowerLaw', centre: [0.03, -0.05], einsteinRadius: 1.4, slope: 2.1, ellComps: [0.09, 0.05] },
  { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.02 },
];

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

/** What of a mapper must stay the same on both sides of a difference. */
async function stepOf(model: Model) {
  const { logEvidence, mapper } = await inversion.evidence(model);
  return { logEvidence, rings: `${mapper.pixIndexesForSubSlimIndex.data} ${mapper.neighbors.data}` };
}

const models: readonly (readonly [mesh: string, regularization: string])[] = [
  ['overlay:14x14', 'gradient:2'],
  ['overlay:14x14:laplace', 'gradient:2'],
  ['overlay:14x14:natural', 'constant:3'],
  ['overlay:14x14:barycentric', 'constant:3'],
  ['rectangular:12x11', 'constant:3'],
];

describe.each(models)('the gradient on %s with %s', (mesh, regularization) => {
  const model: Model = {
    lens: { mass },
    mesh: parseMesh(mesh),
    regularization: parseRegularization(regularization),
  };

  test('is that of differences, by every parameter', async () => {
    const gradient = await (await inversion.evidence(model)).gradient();
    const paths = [...parametersOf(mass).map(({ path }) => path), 'regularization.coefficient'];
    expect(Object.keys(gradient).sort()).toEqual([...paths].sort());
    const largest = Math.max(...Object.values(gradient).map(Math.abs));
    let compared = 0;
    for (const path of paths) {
      const step = 1e-6;
      const sides = [await stepOf(moved(model, path, step)), await stepOf(moved(model, path, -step))];
      // Where neighbours change in between, a difference says nothing of the derivative.
      if (sides[0].rings !== sides[1].rings) continue;
      compared += 1;
      const difference = (sides[0].logEvidence - sides[1].logEvidence) / (2 * step);
      expect(Math.abs(gradient[path] - difference) / largest, path).toBeLessThan(2e-6);
    }
    expect(compared).toBeGreaterThanOrEqual(paths.length / 2);
  });
});

test('at coefficients from 1e-6 to 1e6 the derivative by the coefficient is that of differences', async () => {
  for (const coefficient of [1e-6, 1e-3, 1, 1e3, 1e6]) {
    const model = (c: number): Model => ({
      lens: { mass },
      mesh: parseMesh('overlay:12x12'),
      regularization: { type: 'gradient', coefficient: c },
    });
    const gradient = await (await inversion.evidence(model(coefficient))).gradient();
    const step = 1e-4 * coefficient;
    const [above, below] = [
      await inversion.evidence(model(coefficient + step)),
      await inversion.evidence(model(coefficient - step)),
    ];
    const difference = (above.logEvidence - below.logEvidence) / (2 * step);
    const found = gradient['regularization.coefficient'];
    expect(Math.abs(found - difference) * coefficient).toBeLessThan(1e-4 * (1 + Math.abs(found * coefficient)));
  }
});

test('the evidence of natural neighbours and gradient is continuous where that of barycentric weights jumps', async () => {
  const scan = async (mesh: Mesh, regularization: string) => {
    const values: number[] = [];
    for (let i = -20; i <= 20; i++) {
      const lens = { mass: [Object.assign({}, mass[0], { einsteinRadius: 1.4 + 1e-5 * i }), mass[1]] };
      const found = await inversion.evidence({ lens, mesh, regularization: parseRegularization(regularization) });
      values.push(found.logEvidence);
    }
    // Second differences: what a straight line does not explain.
    return Math.max(...values.slice(2).map((value, i) => Math.abs(value - 2 * values[i + 1] + values[i])));
  };
  const [smooth, jumping] = [
    await scan(parseMesh('overlay:20x20'), 'gradient:3'),
    await scan(parseMesh('overlay:20x20:barycentric'), 'constant:3'),
  ];
  expect(smooth).toBeLessThan(1e-3);
  expect(jumping).toBeGreaterThan(20 * smooth);
});

test('a mesh without a frame has no regularization gradient, and says what has', async () => {
  for (const mesh of ['overlay:12x12:barycentric', 'rectangular:8x8']) {
    await expect(
      inversion.evidence({ lens: { mass }, mesh: parseMesh(mesh), regularization: parseRegularization('gradient:1') }),
    ).rejects.toMatchObject({ code: 'InvalidOption', remedy: expect.stringContaining('overlay:30x30') });
  }
});

// A case that must never be used for more than this: with vertices at the pixels themselves the mapping is the identity,
// and the evidence is flat between jumps of up to 44.
testWithGoldenJson('gradient.json', 'the gradient on sma, by an adjoint of other code', async (golden) => {
  const dataset = await readVisibilityFiles(`${dataFolder}/sma`);
  const mask = circularMask({ shapeNative: [100, 100], pixelScale: 0.2, radius: 3 });
  const sma = await createInversion(dataset, { mask, backends });
  const expected: unknown = Reflect.get(Object(golden), 'gradient');
  const evidence = await sma.evidence({
    lens: parseLensModel(Reflect.get(Object(golden), 'lens')),
    mesh: parseMesh('overlay:26x26:barycentric'),
    regularization: parseRegularization('constant:1'),
  });
  const gradient = await evidence.gradient();
  const entries = Object.entries(Object(expected));
  const largest = Math.max(...entries.map(([, value]) => Math.abs(Number(value))));
  expect(entries.length).toBe(6);
  for (const [path, value] of entries) {
    expect(Math.abs(gradient[path] - Number(value)) / largest, path).toBeLessThan(1e-9);
  }
  sma.dispose();
});

test('value, gradient and the gradient of each term come together, and add up', async () => {
  for (const [mesh, regularization] of models) {
    const model: Model = { lens: { mass }, mesh: parseMesh(mesh), regularization: parseRegularization(regularization) };
    const apart = await inversion.evidence(model);
    const together = await inversion.evidenceAndGradient(model);
    expect(Math.abs(together.logEvidence - apart.logEvidence)).toBeLessThan(1e-8);
    expect(together.gradient).toEqual(await apart.gradient());
    const noise = apart.reconstructionNoiseMap().data;
    together.reconstructionNoiseMap.data.forEach((value, i) => {
      expect(Math.abs(value / noise[i] - 1)).toBeLessThan(1e-9);
    });
    const terms = together.gradientOfTerms();
    const largest = Math.max(...Object.values(together.gradient).map(Math.abs));
    for (const [path, value] of Object.entries(together.gradient)) {
      const sum =
        terms.chiSquared[path] +
        terms.regularizationTerm[path] +
        terms.logDetCurvatureRegMatrix[path] -
        terms.logDetRegularizationMatrix[path];
      expect(Math.abs(value + sum / 2)).toBeLessThan(1e-9 * largest);
    }
  }
});

test('each term has the gradient of its own differences', async () => {
  const model: Model = {
    lens: { mass },
    mesh: parseMesh('overlay:14x14:natural'),
    regularization: parseRegularization('gradient:2'),
  };
  const { gradientOfTerms } = await inversion.evidenceAndGradient(model);
  const ringsOf = ({ mapper }: { readonly mapper: Mapper }) =>
    `${mapper.pixIndexesForSubSlimIndex.data} ${mapper.neighbors.data}`;
  const step = 1e-6;
  let compared = 0;
  for (const path of ['mass.0.centre.0', 'mass.0.einsteinRadius', 'mass.1.gamma1', 'regularization.coefficient']) {
    const [above, below] = [
      await inversion.evidence(moved(model, path, step)),
      await inversion.evidence(moved(model, path, -step)),
    ];
    if (ringsOf(above) !== ringsOf(below)) continue;
    for (const [term, gradient] of Object.entries(gradientOfTerms())) {
      compared += 1;
      const largest = Math.max(...Object.values(gradient).map(Math.abs));
      const of = (evidence: typeof above) => Number(Reflect.get(evidence.terms, term));
      const difference = (of(above) - of(below)) / (2 * step);
      expect(Math.abs(gradient[path] - difference) / largest, `${term} by ${path}`).toBeLessThan(1e-6);
    }
  }
  expect(compared).toBeGreaterThanOrEqual(8);
});
