import { createLoopsBackend } from '@wtilde/backend-loops';
import { bool, complex, real } from '@wtilde/core-types';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createInversion,
  type Inversion,
  imageFrom,
  type LensModel,
  type LightInversion,
  type LightProfile,
  lightInversionFrom,
  maskOf,
  multiGaussianExpansion,
  parseMesh,
  parseRegularization,
  rayTrace,
  simulateVisibilities,
} from '../../src/index.js';
import { testWithGoldenJson } from '../golden.js';
import { observe, truth } from '../inversion/scene.js';
import { largestDifference } from '../largestDifference.js';
import { thrownBy } from '../mesh/thrownBy.js';

const backends = [createLoopsBackend()];
let inversion: Inversion;
let light: LightInversion;
const noise = 0.3;

beforeAll(async () => {
  const { visibilities, mask } = await observe(noise);
  inversion = await createInversion(visibilities, { mask, backends });
  light = lightInversionFrom(inversion, { backends });
});

const unit = (profile: LightProfile): LightProfile => ({ ...profile, intensity: 1 });
const mass = truth.mass;
const shapes = (truth.light ?? []).map(unit);

describe('given light', () => {
  test('its likelihood is that of the visibilities themselves', async () => {
    const { visibilities, mask } = await observe(noise);
    const { logEvidence, terms } = await light.evidence({ lens: truth });
    const { visibilities: model } = await simulateVisibilities({
      lens: truth,
      mask,
      uvWavelengths: visibilities.uvWavelengths,
      noise: 1e-9,
      backends,
    });
    const chiSquared = visibilities.data.data.reduce(
      (sum, value, at) => sum + ((value - model.data.data[at]) / noise) ** 2,
      0,
    );
    const normalization = visibilities.data.data.length * Math.log(2 * Math.PI * noise * noise);
    expect(Math.abs(terms.chiSquared / chiSquared - 1)).toBeLessThan(1e-6);
    expect(Math.abs(logEvidence + (chiSquared + normalization) / 2)).toBeLessThan(1e-3);
    // As many as there are real numbers, give or take their spread.
    expect(Math.abs(terms.chiSquared / visibilities.data.data.length - 1)).toBeLessThan(0.15);
  });
});

describe('linear light', () => {
  test('the factor of the true profile is 1, within its error', async () => {
    const found = await light.evidence({ lens: { mass }, linear: { source: shapes }, ridge: 0 });
    const [factor] = found.linear.source.factors.data;
    const [error] = found.linear.source.errors.data;
    expect(Math.abs(factor - 1)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.01);
    // It is the largest likelihood of all intensities.
    for (const change of [-2, 0, 2]) {
      const lights = shapes.map((profile) => ({ ...profile, intensity: factor + change * error }));
      const { logEvidence } = await light.evidence({ lens: { mass, light: lights } });
      expect(logEvidence - found.logEvidence).toBeCloseTo(-(change ** 2) / 2, 5);
    }
  });

  test('what is given and what is linear add up: the same image, the same evidence', async () => {
    const extra: LightProfile = { type: 'Gaussian', centre: [0.2, 0], intensity: 1, sigma: 0.5 };
    const both = await light.evidence({ lens: { mass }, linear: { source: shapes, lens: [extra] }, ridge: 0 });
    const [factor] = both.linear.lens.factors.data;
    const half = await light.evidence({
      lens: { mass, lensLight: [{ ...extra, intensity: factor / 2 }] },
      linear: { source: shapes, lens: [extra] },
      ridge: 0,
    });
    expect(half.linear.lens.factors.data[0]).toBeCloseTo(factor / 2, 10);
    expect(half.logEvidence).toBeCloseTo(both.logEvidence, 6);
    expect(largestDifference(half.image, both.image)).toBeLessThan(1e-10);
  });

  test('a multi-Gaussian expansion takes the shape of another profile', async () => {
    const disc: LightProfile = { type: 'Exponential', centre: [0.05, 0.1], intensity: 1, effectiveRadius: 0.3 };
    const { mask, visibilities: seen } = await observe(noise);
    const { visibilities } = await simulateVisibilities({
      lens: { mass, light: [disc] },
      mask,
      uvWavelengths: seen.uvWavelengths,
      noise: 0.01,
      backends,
    });
    const onDisc = lightInversionFrom(await createInversion(visibilities, { mask, backends }), { backends });
    const source = multiGaussianExpansion({ centre: [0.05, 0.1], from: 0.03, to: 1, count: 10 });
    const { image, terms } = await onDisc.evidence({ lens: { mass }, linear: { source } });
    const expected = imageFrom(disc, rayTrace(mass, onDisc.geometry.grid)).data;
    const worst = Math.max(...image.data.map((value, at) => Math.abs(value - expected[at])));
    expect(worst / Math.max(...expected)).toBeLessThan(0.1);
    const one = await onDisc.evidence({ lens: { mass }, linear: { source: source.slice(4, 5) } });
    expect(terms.chiSquared).toBeLessThan(one.terms.chiSquared / 10);
  });
});

describe('beside pixels', () => {
  const pixels = { mesh: parseMesh('overlay:16x16'), regularization: parseRegularization('constant:3') };

  test('pixels alone: the evidence of the inversion', async () => {
    const ours = await light.evidence({ lens: { mass }, pixels });
    const theirs = await inversion.evidence({ lens: { mass }, ...pixels });
    expect(ours.logEvidence).toBeCloseTo(theirs.logEvidence, 6);
    expect(largestDifference(ours.reconstruction ?? real([]), theirs.reconstruction)).toBeLessThan(1e-8);
  });

  test('light of the lens is told from the source', async () => {
    const lens: LensModel = { ...truth, lensLight: [{ type: 'Exponential', intensity: 2, effectiveRadius: 0.4 }] };
    const { mask, visibilities: seen } = await observe(noise);
    const { uvWavelengths } = seen;
    const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise, seed: 4, backends });
    const both = lightInversionFrom(await createInversion(visibilities, { mask, backends }), { backends });
    const linear = { lens: [{ type: 'Exponential', intensity: 1, effectiveRadius: 0.4 } as const] };
    const found = await both.evidence({ lens: { mass }, linear, pixels });
    const [factor] = found.linear.lens.factors.data;
    expect(Math.abs(factor - 2)).toBeLessThan(5 * found.linear.lens.errors.data[0]);
    expect((await both.evidence({ lens: { mass }, pixels })).logEvidence).toBeLessThan(found.logEvidence - 100);
  });
});

testWithGoldenJson('pyautolens/seven.json', 'figures that PyAutoLens pins', async (json) => {
  const { uv_wavelengths }: { readonly uv_wavelengths: readonly (readonly [number, number])[] } = Object(json);
  const open = (at: number) => at % 7 >= 2 && at % 7 <= 4 && at >= 14 && at < 35;
  const mask = maskOf(
    bool(
      Uint8Array.from({ length: 49 }, (_, at) => (open(at) ? 0 : 1)),
      [7, 7],
    ),
    1,
  );
  const visibilities = {
    data: complex(new Float64Array(14).fill(1)),
    noiseMap: complex(new Float64Array(14).fill(2)),
    uvWavelengths: real(uv_wavelengths.flat(), [7, 2]),
  };
  const seven = lightInversionFrom(await createInversion(visibilities, { mask, backends }), { backends });
  const centre = [0.05, 0.05] as const;
  const sphere = [{ type: 'IsothermalSph', centre, einsteinRadius: 1 }] as const;
  const sersic = (sersicIndex: number): LightProfile => ({
    type: 'Sersic',
    centre,
    intensity: 1,
    effectiveRadius: 0.6,
    sersicIndex,
  });
  const linear = { lens: [sersic(1), sersic(4)] };
  const withLight = await seven.evidence({ lens: { mass: sphere, light: [sersic(4)] }, linear, ridge: 0 });
  expect(withLight.logEvidence).toBeCloseTo(-197.670468767, 6);
  const pixels = { mesh: parseMesh('rectangular:3x3'), regularization: parseRegularization('constant:1') };
  const beside = await seven.evidence({ lens: { mass: sphere }, linear, pixels, ridge: 0 });
  expect(beside.logEvidence).toBeCloseTo(-35.07914066930113, 6);
  const alone = await seven.evidence({ lens: { mass: sphere }, pixels });
  expect(alone.logEvidence).toBeCloseTo(-35.20764205563728, 6);
});

describe('what makes no sense', () => {
  test('a model without light', async () => {
    await expect(light.evidence({ lens: { mass } })).rejects.toMatchObject({
      code: 'InvalidValue',
      where: 'lightEvidence',
    });
  });
  test('the same profile twice without a ridge', async () => {
    const source = [...shapes, ...shapes];
    await expect(light.evidence({ lens: { mass }, linear: { source }, ridge: 0 })).rejects.toMatchObject({
      code: 'NumericalFailure',
    });
  });
  test('a negative ridge', async () => {
    await expect(light.evidence({ lens: truth, ridge: -1 })).rejects.toMatchObject({ code: 'InvalidValue' });
  });
  test.each([
    { from: 0, to: 1, count: 5 },
    { from: 1, to: 1, count: 5 },
    { from: 0.1, to: 1, count: 1 },
  ])('an expansion of %j', (given) => {
    expect(thrownBy(() => multiGaussianExpansion(given))).toMatchObject({ code: 'InvalidValue' });
  });
});
