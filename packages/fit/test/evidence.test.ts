import { createLoopsBackend } from '@wtilde/backend-loops';
import { observations, uvTrackOf } from '@wtilde/data';
import { circularMask, createInversion, type Inversion, type LensModel, simulateVisibilities } from '@wtilde/lens';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
