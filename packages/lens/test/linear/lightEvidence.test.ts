import { createLoopsBackend } from '@wtilde/backend-loops';
import { bool, complex, real } from '@wtilde/core-types';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createInversion,
  type Inversion,
  imageFrom,
  type LensModel,
  type LightProfile,
  type LinearLightProfile,
  maskOf,
  parseLensModel,
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
const noise = 0.3;

beforeAll(async () => {
  const { visibilities, mask } = await observe(noise);
  inversion = await createInversion(visibilities, { mask, backends });
});

const mass = truth.mass;
const ellipse = { centre: [0.05, 0.1], sigma: 0.25, axisRatio: 0.7, angle: 70 } as const;
const blob: LightProfile = { type: 'Gaussian', intensity: 1, ...ellipse };
const shape: LinearLightProfile = { type: 'LinearGaussian', ...ellipse };

describe('given light', () => {
  test('its likelihood is that of the visibilities themselves', async () => {
    const { visibilities, mask } = await observe(noise);
    const { logEvidence, terms } = await inversion.lightEvidence({ lens: truth });
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
  test('the intensity of the true profile, within its error', async () => {
    const found = await inversion.lightEvidence({ lens: { mass, light: [shape] }, ridge: 0 });
    const [{ path, type, intensities, errors }] = found.linear;
    expect([path, type, intensities.shape]).toEqual(['light.0', 'LinearGaussian', [1]]);
    const [intensity] = intensities.data;
    const [error] = errors.data;
    expect(Math.abs(intensity - 1)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.01);
    // It is the largest likelihood of all intensities.
    for (const change of [-2, 0, 2]) {
      const given = [{ ...blob, intensity: intensity + change * error }];
      const { logEvidence } = await inversion.lightEvidence({ lens: { mass, light: given } });
      expect(logEvidence - found.logEvidence).toBeCloseTo(-(change ** 2) / 2, 5);
    }
  });

  test('what is given and what is linear add up: the same image, the same evidence', async () => {
    const extra = { centre: [0.2, 0], sigma: 0.5 } as const;
    const linear: LinearLightProfile = { type: 'LinearGaussian', ...extra };
    const both = await inversion.lightEvidence({ lens: { mass, light: [shape], lensLight: [linear] }, ridge: 0 });
    const [own] = both.linear;
    expect(own.path).toBe('lensLight.0');
    const [intensity] = own.intensities.data;
    const given: LightProfile = { type: 'Gaussian', ...extra, intensity: 0.1 };
    const beside = await inversion.lightEvidence({
      lens: { mass, light: [shape], lensLight: [given, linear] },
      ridge: 0,
    });
    expect(beside.linear[0].path).toBe('lensLight.1');
    expect(beside.linear[0].intensities.data[0]).toBeCloseTo(intensity - 0.1, 10);
    expect(beside.logEvidence).toBeCloseTo(both.logEvidence, 6);
    expect(largestDifference(beside.image, both.image)).toBeLessThan(1e-10);
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
    const onDisc = await createInversion(visibilities, { mask, backends });
    const expansion = { type: 'MultiGaussian', centre: [0.05, 0.1], gaussians: 10, minimumSigma: 0.03 } as const;
    const source: LinearLightProfile = { ...expansion, maximumSigma: 1 };
    const { image, terms, linear } = await onDisc.lightEvidence({ lens: { mass, light: [source] } });
    expect(linear[0].intensities.shape).toEqual([10]);
    const expected = imageFrom(disc, rayTrace(mass, onDisc.geometry.grid)).data;
    const worst = Math.max(...image.data.map((value, at) => Math.abs(value - expected[at])));
    expect(worst / Math.max(...expected)).toBeLessThan(0.1);
    const narrow: LinearLightProfile = { type: 'LinearGaussian', centre: [0.05, 0.1], sigma: 0.14 };
    const one = await onDisc.lightEvidence({ lens: { mass, light: [narrow] } });
    expect(terms.chiSquared).toBeLessThan(one.terms.chiSquared / 10);
    // Positive: worse, not by much, and as the conditions say.
    const positive = await onDisc.lightEvidence({ lens: { mass, light: [source] }, solve: 'positive' });
    expect(Math.min(...positive.linear[0].intensities.data)).toBeGreaterThanOrEqual(0);
    expect(positive.terms.chiSquared).toBeGreaterThanOrEqual(terms.chiSquared - 1e-6);
    expect(positive.positive?.violation).toBeLessThan(1e-10);
    expect(Math.max(...positive.image.data) / Math.max(...expected)).toBeCloseTo(1, 1);
  });
});

describe('beside pixels', () => {
  const pixels = { mesh: parseMesh('overlay:16x16'), regularization: parseRegularization('constant:3') };

  test.each(['unrestricted', 'positive'] as const)('pixels alone, %s: the evidence of the inversion', async (solve) => {
    const ours = await inversion.lightEvidence({ lens: { mass }, ...pixels, solve });
    const theirs = await inversion.evidence({ lens: { mass }, ...pixels, solve });
    expect(ours.logEvidence).toBeCloseTo(theirs.logEvidence, 6);
    const [{ reconstruction, reconstructionNoiseMap }] = ours.sources;
    expect(largestDifference(reconstruction, theirs.reconstruction)).toBeLessThan(1e-8);
    expect(largestDifference(reconstructionNoiseMap, theirs.reconstructionNoiseMap())).toBeLessThan(1e-8);
    expect(ours.positive?.pixels).toBe(theirs.positive?.pixels);
  });

  test('light of the lens is told from the source', async () => {
    const lens: LensModel = { ...truth, lensLight: [{ type: 'Exponential', intensity: 2, effectiveRadius: 0.4 }] };
    const { mask, visibilities: seen } = await observe(noise);
    const { uvWavelengths } = seen;
    const { visibilities } = await simulateVisibilities({ lens, mask, uvWavelengths, noise, seed: 4, backends });
    const both = await createInversion(visibilities, { mask, backends });
    const lensLight: LinearLightProfile[] = [{ type: 'LinearExponential', effectiveRadius: 0.4 }];
    const found = await both.lightEvidence({ lens: { mass, lensLight }, ...pixels });
    const [{ intensities, errors }] = found.linear;
    expect(Math.abs(intensities.data[0] - 2)).toBeLessThan(5 * errors.data[0]);
    expect((await both.lightEvidence({ lens: { mass }, ...pixels })).logEvidence).toBeLessThan(found.logEvidence - 100);
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
  const seven = await createInversion(visibilities, { mask, backends });
  const centre = [0.05, 0.05] as const;
  const sphere = [{ type: 'IsothermalSph', centre, einsteinRadius: 1 }] as const;
  const sersic = { centre, effectiveRadius: 0.6 };
  const lensLight: LinearLightProfile[] = [1, 4].map((n) => ({ type: 'LinearSersic', ...sersic, sersicIndex: n }));
  const given: LightProfile = { type: 'Sersic', ...sersic, intensity: 1, sersicIndex: 4 };
  const withLight = await seven.lightEvidence({ lens: { mass: sphere, light: [given], lensLight }, ridge: 0 });
  expect(withLight.logEvidence).toBeCloseTo(-197.670468767, 6);
  const pixels = { mesh: parseMesh('rectangular:3x3'), regularization: parseRegularization('constant:1') };
  const beside = await seven.lightEvidence({ lens: { mass: sphere, lensLight }, ...pixels, ridge: 0 });
  expect(beside.logEvidence).toBeCloseTo(-35.07914066930113, 6);
  const alone = await seven.lightEvidence({ lens: { mass: sphere }, ...pixels });
  expect(alone.logEvidence).toBeCloseTo(-35.20764205563728, 6);
});

describe('what makes no sense', () => {
  test('a model without light', async () => {
    await expect(inversion.lightEvidence({ lens: { mass } })).rejects.toMatchObject({
      code: 'InvalidValue',
      where: 'lightEvidence',
    });
  });
  test('the same profile twice without a ridge', async () => {
    await expect(inversion.lightEvidence({ lens: { mass, light: [shape, shape] }, ridge: 0 })).rejects.toMatchObject({
      code: 'NumericalFailure',
    });
  });
  test('a negative ridge, a mesh without a regularization', async () => {
    await expect(inversion.lightEvidence({ lens: truth, ridge: -1 })).rejects.toMatchObject({ code: 'InvalidValue' });
    await expect(inversion.lightEvidence({ lens: truth, mesh: parseMesh('overlay:9x9') })).rejects.toMatchObject({
      code: 'MissingArgument',
    });
  });
  test('light that is solved for cannot be simulated', async () => {
    const { mask, visibilities } = await observe(noise);
    const { uvWavelengths } = visibilities;
    const lens: LensModel = { mass, light: [shape] };
    await expect(simulateVisibilities({ lens, mask, uvWavelengths, noise, backends })).rejects.toMatchObject({
      code: 'InvalidValue',
      actual: 'light.0 LinearGaussian',
    });
  });
  test.each([
    { gaussians: 5, minimumSigma: 0, maximumSigma: 1 },
    { gaussians: 5, minimumSigma: 1, maximumSigma: 1 },
    { gaussians: 1, minimumSigma: 0.1, maximumSigma: 1 },
    { gaussians: 2.5, minimumSigma: 0.1, maximumSigma: 1 },
  ])('an expansion of %j', (given) => {
    const parse = () => parseLensModel({ mass: [], light: [{ type: 'MultiGaussian', ...given }] });
    expect(thrownBy(parse)).toMatchObject({ code: 'InvalidValue' });
  });
});
