import { createLoopsBackend } from '@wtilde/backend-loops';
import { type NdArray, real } from '@wtilde/core-types';
import { observations, uvTrackOf } from '@wtilde/data';
import { circularMask, createInversion, type Inversion, type LensModel, simulateVisibilities } from '@wtilde/lens';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evidenceObjective, magnificationOf, optimise, parseModelWithPriors } from '../src/index.js';

const truth: LensModel = {
  mass: [{ type: 'Isothermal', einsteinRadius: 1.4, ellComps: [0.1, 0.05] }],
  light: [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.2 }],
};
const mask = circularMask({ shapeNative: [32, 32], pixelScale: 0.16, radius: 2.3 });
const backends = [createLoopsBackend()];
let inversion: Inversion;

beforeAll(async () => {
  const uvWavelengths = uvTrackOf(observations.sma, 300);
  const { visibilities } = await simulateVisibilities({
    lens: truth,
    mask,
    uvWavelengths,
    noise: 1,
    seed: 2,
    backends,
  });
  inversion = await createInversion(visibilities, { mask, backends });
});
afterAll(() => inversion.dispose());

const component = { normal: [0, 0.3] };
const model = parseModelWithPriors(
  { mass: [{ type: 'Isothermal', einsteinRadius: { uniform: [1, 2] }, ellComps: [component, component] }] },
  { mesh: 'overlay:9x9', regularization: 'gradient:1' },
);

test('derivatives by the parameters are those of differences, ease or none', async () => {
  // Off the symmetry of the grid, where a derivative has two sides.
  const centre = [{ normal: [0, 0.1] }, 0.017];
  const mass = [{ type: 'Isothermal', centre, einsteinRadius: { uniform: [1, 2] }, ellComps: [component, component] }];
  const moved = parseModelWithPriors({ mass }, { mesh: 'overlay:9x9', regularization: 'gradient:1' });
  const objective = evidenceObjective(inversion, moved);
  const at = Float64Array.of(-0.013, 1.43, 0.05, 0.02, 2);
  for (const ease of [1, 7]) {
    const [{ gradient }] = await objective.evaluate([at], { gradient: true, ease });
    for (const i of at.keys()) {
      const ends = [1e-6, -1e-6].map((step) => at.map((each, k) => (k === i ? each + step : each)));
      const [above, below] = await objective.evaluate(ends, { gradient: false, ease });
      const difference = (above.logLikelihood - below.logLikelihood) / 2e-6;
      expect(Math.abs((gradient?.[i] ?? Number.NaN) - difference)).toBeLessThan(1e-3 * (1 + Math.abs(difference)));
    }
  }
});

describe('what follows an adapt image', () => {
  const centre = [{ normal: [0, 0.1] }, 0.017];
  const mass = [{ type: 'Isothermal', centre, einsteinRadius: { uniform: [1, 2] }, ellComps: [component, component] }];
  const place = [-0.013, 1.43, 0.05, 0.02];
  const adaptImageOf = async () =>
    (await inversion.evidence(model.modelAt([1.4, 0.1, 0.05, 1]))).mappedReconstructedImage();
  const prior = { uniform: [0.2, 3] };
  const maternAdaptKernel = {
    type: 'maternAdaptKernel',
    scale: 0.3,
    nu: 1.5,
    innerCoefficient: 1,
    outerCoefficient: 3,
  };

  test.each([
    ['adapt:innerCoefficient=1,outerCoefficient=3', [1.1, 2.7]],
    [{ ...maternAdaptKernel, signalScale: prior }, [0.35, 1.1, 2.7, 0.8]],
  ])('%j has derivatives by its numbers and by the lens, ease or none', async (regularization, numbers) => {
    const adaptImage = await adaptImageOf();
    const adapted = parseModelWithPriors({ mass, regularization }, { mesh: 'overlay:9x9', adaptImage });
    const objective = evidenceObjective(inversion, adapted);
    const at = Float64Array.of(...place, ...numbers);
    for (const ease of [1, 7]) {
      const [{ gradient }] = await objective.evaluate([at], { gradient: true, ease });
      for (const i of at.keys()) {
        const ends = [1e-6, -1e-6].map((step) => at.map((each, k) => (k === i ? each + step : each)));
        const [above, below] = await objective.evaluate(ends, { gradient: false, ease });
        const difference = (above.logLikelihood - below.logLikelihood) / 2e-6;
        expect(Math.abs((gradient?.[i] ?? Number.NaN) - difference)).toBeLessThan(1e-3 * (1 + Math.abs(difference)));
      }
    }
    // The image is what they follow, through the mapping too: another one has other derivatives by the lens.
    const other = real(
      adaptImage.data.map((value, pixel) => value + (pixel % 3)),
      adaptImage.shape,
    );
    const flat = parseModelWithPriors({ mass, regularization }, { mesh: 'overlay:9x9', adaptImage: other });
    const [own] = await objective.evaluate([at], { gradient: true });
    const [changed] = await evidenceObjective(inversion, flat).evaluate([at], { gradient: true });
    expect(changed.gradient?.[1]).not.toBeCloseTo(own.gradient?.[1] ?? 0, 1);
  });

  test('the evidence of a kernel has no jumps as the lens moves', async () => {
    const adapted = parseModelWithPriors(
      { mass, regularization: maternAdaptKernel },
      { mesh: 'overlay:9x9', adaptImage: await adaptImageOf() },
    );
    const objective = evidenceObjective(inversion, adapted);
    expect(objective.hasGradient).toBe(true);
    const step = 2e-4;
    const points = Array.from({ length: 25 }, (_, k) =>
      Float64Array.of(-0.013, 1.4 + k * step, 0.05, 0.02, 0.35, 1.1, 2.7),
    );
    const found = await objective.evaluate(points, { gradient: true });
    for (let k = 1; k < found.length; k++) {
      const slope = ((found[k].gradient?.[1] ?? 0) + (found[k - 1].gradient?.[1] ?? 0)) / 2;
      expect(Math.abs(found[k].logLikelihood - found[k - 1].logLikelihood - slope * step)).toBeLessThan(0.02);
    }
  });

  test('a lens is found again by it, bright and dark smoothed as much at first', async () => {
    const { modelAt, ...rest } = parseModelWithPriors(
      { mass: [{ type: 'Isothermal', einsteinRadius: { uniform: [1, 2] }, ellComps: [component, 0.05] }] },
      {
        mesh: 'overlay:9x9',
        regularization: 'maternAdaptKernel:scale=0.3,nu=2.5,innerCoefficient=1,outerCoefficient=4',
        adaptImage: await adaptImageOf(),
      },
    );
    const objective = evidenceObjective(inversion, { modelAt, ...rest });
    expect(objective.easing).toEqual({
      held: [3, 4],
      begin: [expect.closeTo(2, 10), expect.closeTo(2, 10)],
      power: 0.5,
    });
    const fit = await optimise(objective, { starts: 3, guesses: 12 });
    expect(fit.converged).toBe(true);
    [1.4, 0.1].forEach((expected, i) => {
      const { value, sigma = 0 } = fit.parameters[i];
      expect(Math.abs(value - expected)).toBeLessThan(4 * sigma);
    });
    const { adaptImage: _, ...plain } = modelAt(fit.values);
    expect(fit.logLikelihood).toBe((await inversion.evidence(modelAt(fit.values))).logEvidence);
    await expect(inversion.evidence(plain)).rejects.toMatchObject({ code: 'MissingArgument' });
  });

  test('an image of another mask is an error, not a failed evaluation', async () => {
    const given = { mesh: 'overlay:9x9', regularization: 'adapt:1,3' };
    const evaluate = (adaptImage: NdArray<'real'>) =>
      evidenceObjective(inversion, parseModelWithPriors({ mass }, { ...given, adaptImage })).evaluate(
        [Float64Array.of(...place, 1, 3)],
        { gradient: false },
      );
    await expect(evaluate(real([1, 2, 3]))).rejects.toMatchObject({ code: 'ShapeMismatch', where: 'adaptImage' });
    const { shape, data } = await adaptImageOf();
    const holed = real(
      data.map((value, pixel) => (pixel === 5 ? Number.NaN : value)),
      shape,
    );
    await expect(evaluate(holed)).rejects.toMatchObject({ code: 'InvalidValue', where: 'adaptImage' });
  });

  test('on cells its signals are counted: no gradient is promised', async () => {
    const adaptImage = await adaptImageOf();
    const on = (mesh: string, regularization: string) =>
      evidenceObjective(inversion, parseModelWithPriors({ mass }, { mesh, regularization, adaptImage })).hasGradient;
    expect(on('rectangularAdaptDensity:8x8', 'adapt:1,3')).toBe(false);
    expect(on('rectangularAdaptImage:8x8', 'constant:1')).toBe(true);
    expect(on('overlay:9x9:barycentric', 'maternAdaptKernel:0.3,1,1,3')).toBe(false);
  });
});

test('a lens is found again within its errors, and its source is magnified', async () => {
  const fit = await optimise(evidenceObjective(inversion, model), { starts: 3, guesses: 12 });
  expect(fit.converged).toBe(true);
  const expected = [1.4, 0.1, 0.05];
  fit.parameters.slice(0, 3).forEach(({ value, sigma = 0 }, i) => {
    expect(sigma).toBeGreaterThan(0);
    expect(Math.abs(value - expected[i])).toBeLessThan(4 * sigma);
  });
  const found = magnificationOf(await inversion.evidence(model.modelAt(fit.values)), mask.pixelScale);
  expect(found.total).toBeGreaterThan(2);
  expect(found.isDemagnified).toBe(false);
});

test('without a lens the source is the image, which is told', async () => {
  const none = model.modelAt([1.4, 0.1, 0.05, 1]);
  const evidence = await inversion.evidence({ ...none, lens: { mass: [{ type: 'Isothermal', einsteinRadius: 0 }] } });
  const { total, isDemagnified } = magnificationOf(evidence, mask.pixelScale);
  expect(total).toBeGreaterThan(0.7);
  expect(isDemagnified).toBe(true);
});

test('a model out of domain is a failed evaluation, not an error', async () => {
  const objective = evidenceObjective(inversion, model);
  const [evaluation] = await objective.evaluate([Float64Array.of(1.4, 0.9, 0.9, 1)], { gradient: true });
  expect(evaluation.logLikelihood).toBe(Number.NEGATIVE_INFINITY);
  expect(evaluation.failure).toMatch(/not an ellipse/);
});

test('known positions count beside the evidence', async () => {
  const point = Float64Array.of(1.4, 0.1, 0.05, 1);
  const positions = {
    points: [
      [1.4, 0.1],
      [-1.2, 0.3],
    ],
    sigma: 0.1,
  };
  const own = { type: 'Isothermal', einsteinRadius: { uniform: [1, 2] }, ellComps: [component, component] };
  const penalised = parseModelWithPriors(
    { mass: [own], positions },
    { mesh: 'overlay:9x9', regularization: 'gradient:1' },
  );
  const values = await Promise.all(
    [model, penalised].map((each) => evidenceObjective(inversion, each).evaluate([point], { gradient: true })),
  );
  expect(values[1][0].logLikelihood).toBeLessThan(values[0][0].logLikelihood);
  expect(values[1][0].gradient?.[0]).not.toBe(values[0][0].gradient?.[0]);
});
