import { createLoopsBackend } from '@wtilde/backend-loops';
import { isWtildeError, real } from '@wtilde/core-types';
import { beforeAll, describe, expect, test } from 'vitest';
import { createInversion, type Inversion, type Model } from '../../src/index.js';
import { how, observe, truth } from './scene.js';

let inversion: Inversion;
const model: Model = { lens: truth, ...how, mesh: { type: 'overlay', shape: [24, 24], interpolation: 'natural' } };

/** The lens of the scene with another Einstein radius. */
const lensOf = (einsteinRadius: number): Model['lens'] => ({
  mass: [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius, axisRatio: 0.75, angle: 30 }],
});

beforeAll(async () => {
  // Noise enough for an unrestricted source that is negative in places.
  const { mask, visibilities } = await observe(6);
  inversion = await createInversion(visibilities, { mask, backends: [createLoopsBackend()] });
});

describe('a positive source', () => {
  test('is the best one of which no pixel is negative, and says what shows it', async () => {
    const unrestricted = await inversion.evidence(model);
    const positive = await inversion.evidence({ ...model, solve: 'positive' });
    expect(unrestricted.positive).toBeUndefined();
    expect(Math.min(...unrestricted.reconstruction.data)).toBeLessThan(0);
    expect(Math.min(...positive.reconstruction.data)).toBe(0);
    const lit = positive.reconstruction.data.filter((value) => value > 0).length;
    expect(positive.positive?.pixels).toBe(lit);
    expect(lit).toBeGreaterThan(50);
    expect(lit).toBeLessThan(positive.mapper.pixels);
    expect(positive.positive?.violation).toBeLessThan(1e-12);
    // The data lose by it, and nothing else changes.
    const { chiSquared, regularizationTerm, logDetCurvatureRegMatrix, logDetRegularizationMatrix } = positive.terms;
    const lost =
      chiSquared + regularizationTerm - unrestricted.terms.chiSquared - unrestricted.terms.regularizationTerm;
    expect(lost).toBeGreaterThan(0);
    expect(positive.logEvidence).toBeCloseTo(unrestricted.logEvidence - lost / 2, 6);
    expect(logDetCurvatureRegMatrix).toBeCloseTo(unrestricted.terms.logDetCurvatureRegMatrix, 8);
    expect(logDetRegularizationMatrix).toBe(unrestricted.terms.logDetRegularizationMatrix);
    expect(positive.errorBound).toBeLessThan(1e-6);
    expect(positive.ms.evidence).toBeGreaterThan(0);
  });

  test('has the same bits from a similar one, be it of another mesh', async () => {
    const cold = await inversion.evidence({ ...model, solve: 'positive' });
    const other = { ...model, lens: lensOf(1.41) };
    const near = await inversion.evidence({ ...other, solve: 'positive' });
    for (const similarReconstruction of [cold.reconstruction, near.reconstruction, real([1, 2, 3])]) {
      const warm = await inversion.evidence({ ...model, solve: 'positive', similarReconstruction });
      expect(warm.reconstruction).toEqual(cold.reconstruction);
      expect(warm.logEvidence).toBe(cold.logEvidence);
    }
  });

  test('is the unrestricted one, bit for bit, where that is positive', async () => {
    const smooth: Model = { ...model, regularization: { type: 'constant', coefficient: 1e4 } };
    const unrestricted = await inversion.evidence(smooth);
    const positive = await inversion.evidence({ ...smooth, solve: 'positive' });
    expect(Math.min(...unrestricted.reconstruction.data)).toBeGreaterThan(0);
    expect(positive.reconstruction).toEqual(unrestricted.reconstruction);
    expect(positive.logEvidence).toBe(unrestricted.logEvidence);
  });

  test.each<readonly [string, Omit<Model, 'lens'>]>([
    ['natural neighbours', { mesh: model.mesh, regularization: model.regularization }],
    [
      'a rectangle',
      { mesh: { type: 'rectangular', shape: [20, 20] }, regularization: { type: 'constant', coefficient: 3 } },
    ],
    ['a covariance', { mesh: model.mesh, regularization: { type: 'exponentialKernel', coefficient: 3, scale: 0.2 } }],
  ])('has derivatives: on %s', async (_, smooth) => {
    const at = (einsteinRadius: number) =>
      inversion.evidence({ ...smooth, lens: lensOf(einsteinRadius), solve: 'positive' });
    const step = 1e-7;
    const [before, here, after] = [await at(1.4 - step), await at(1.4), await at(1.4 + step)];
    const slope = (after.logEvidence - before.logEvidence) / (2 * step);
    const gradient = await here.gradient();
    expect(Math.abs(gradient['mass.0.einsteinRadius'] - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
    expect(here.positive?.pixels).toBeLessThan(here.mapper.pixels);
  });

  test('is dark where it has to be', async () => {
    const { mapper, reconstruction } = await inversion.evidence({ ...model, solve: 'positive' });
    const brightest = reconstruction.data.indexOf(Math.max(...reconstruction.data));
    const zeroedPixels = [0, brightest, mapper.pixels - 1];
    const zeroed = await inversion.evidence({ ...model, solve: 'positive', zeroedPixels });
    for (const pixel of zeroedPixels) expect(zeroed.reconstruction.data[pixel]).toBe(0);
    expect(zeroed.positive?.violation).toBeLessThan(1e-12);
    for (const wrong of [[-1], [mapper.pixels], [0.5]]) {
      const asked = inversion.evidence({ ...model, solve: 'positive', zeroedPixels: wrong });
      await expect(asked).rejects.toThrow('zeroedPixels');
    }
    await expect(inversion.evidence({ ...model, zeroedPixels })).rejects.toThrow('zeroedPixels');
  });

  test('is asked for by its name', async () => {
    const wrong = { ...model, ...JSON.parse('{ "solve": "nonnegative" }') };
    const error = await inversion.evidence(wrong).catch((thrown: unknown) => thrown);
    expect(isWtildeError(error, 'InvalidOption') && error.actual).toBe('"nonnegative"');
    const list = { ...model, ...JSON.parse('{ "similarReconstruction": [1, 2] }') };
    await expect(inversion.evidence(list)).rejects.toThrow('evidence similarReconstruction');
  });
});
