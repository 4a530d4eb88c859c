import { createLoopsBackend } from '@wtilde/backend-loops';
import { observations, uvTrackOf } from '@wtilde/data';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createInversion,
  type Inversion,
  type JointInversion,
  jointInversion,
  type LensModel,
  type Regularization,
  simulateVisibilities,
} from '../../src/index.js';
import { thrownBy } from '../mesh/thrownBy.js';
import { how, observe, truth } from './scene.js';

const backends = [createLoopsBackend()];
let inversions: readonly Inversion[];
let joint: JointInversion;

beforeAll(async () => {
  const { visibilities, mask } = await observe(0.5, 300);
  // Another source behind the same lens, at another frequency.
  const light: LensModel['light'] = [{ type: 'Gaussian', centre: [-0.1, 0.05], intensity: 2, sigma: 0.2 }];
  const other = await simulateVisibilities({
    lens: { ...truth, light },
    mask,
    uvWavelengths: uvTrackOf(observations.sma, 250, 7),
    noise: 0.4,
    seed: 9,
    backends,
  });
  inversions = [
    await createInversion(visibilities, { mask, backends }),
    await createInversion(other.visibilities, { mask, backends }),
  ];
  joint = jointInversion(inversions);
});

test('evidences add, and so do terms and derivatives', async () => {
  const model = { lens: truth, ...how };
  const found = await joint.evidence(model);
  const [a, b] = [await inversions[0].evidence(model), await inversions[1].evidence(model)];
  expect(found.logEvidence).toBe(a.logEvidence + b.logEvidence);
  expect(found.terms.chiSquared).toBe(a.terms.chiSquared + b.terms.chiSquared);
  expect(found.errorBound).toBe(a.errorBound + b.errorBound);
  expect(found.evidences.map(({ reconstruction }) => reconstruction)).toEqual([a.reconstruction, b.reconstruction]);
  const [sum, first, second] = await Promise.all([found.gradient(), a.gradient(), b.gradient()]);
  expect(Object.keys(sum)).toEqual(Object.keys(first));
  for (const [path, value] of Object.entries(sum)) expect(value).toBe(first[path] + second[path]);
  const both = await joint.evidenceAndGradient(model);
  expect(Math.abs(both.logEvidence - found.logEvidence)).toBeLessThan(1e-8);
  for (const [path, value] of Object.entries(sum)) expect(both.gradient[path] / value).toBeCloseTo(1, 6);
});

test('a regularization for each, with a derivative for each', async () => {
  const regularization = [3, 1].map((coefficient) => ({ type: 'constant', coefficient }) as const);
  const found = await joint.evidence({ lens: truth, mesh: how.mesh, regularization });
  const second = await inversions[1].evidence({ lens: truth, mesh: how.mesh, regularization: regularization[1] });
  expect(found.evidences[1].logEvidence).toBe(second.logEvidence);
  const gradient = await found.gradient();
  expect(gradient['regularization.1.coefficient']).toBe((await second.gradient())['regularization.coefficient']);
  expect(Object.keys(gradient)).not.toContain('regularization.coefficient');
  const wrong = joint.evidence({ lens: truth, mesh: how.mesh, regularization: regularization.slice(1) });
  await expect(wrong).rejects.toMatchObject({ code: 'ShapeMismatch' });
});

test('none', () => {
  expect(thrownBy(() => jointInversion([]))).toMatchObject({ code: 'MissingArgument' });
});

describe('datasets of one W', () => {
  /** Four channels with the same baselines and noise. */
  async function channels() {
    const { visibilities, mask } = await observe(0.5, 300);
    const made = [0, 1, 2, 3, 4].map(async (at) => {
      const data = { ...visibilities.data, data: visibilities.data.data.map((value) => (1 + at / 4) * value + at / 9) };
      return await createInversion({ ...visibilities, data }, { mask, backends });
    });
    return await Promise.all(made);
  }

  test.each([
    ['gradient', 'unrestricted'],
    ['gradient', 'positive'],
    ['exponentialKernel', 'unrestricted'],
  ] as const)('share F and its factor, with %s, %s: the same evidences and derivatives', async (type, solve) => {
    const all = await channels();
    const regularization: Regularization =
      type === 'gradient' ? { type, coefficient: 3 } : { type, coefficient: 1, scale: 0.3 };
    const model = { lens: truth, mesh: { type: 'overlay', shape: [12, 12] }, regularization, solve } as const;
    const shared = await all[0].evidencesWith(all.slice(1), model);
    expect(shared).toHaveLength(5);
    for (const [at, found] of shared.entries()) {
      const own = await all[at].evidence(model);
      expect(Math.abs(found.logEvidence - own.logEvidence)).toBeLessThan(1e-9 * Math.abs(own.logEvidence));
      expect(found.terms.chiSquared / own.terms.chiSquared).toBeCloseTo(1, 9);
      expect(found.errorBound / own.errorBound).toBeCloseTo(1, 3);
      expect(found.positive?.pixels).toBe(own.positive?.pixels);
      const largest = Math.max(...own.reconstruction.data.map(Math.abs));
      for (const [i, value] of found.reconstruction.data.entries()) {
        expect(Math.abs(value - own.reconstruction.data[i])).toBeLessThan(1e-8 * largest);
      }
      const [gradient, expected] = [await found.gradient(), await own.gradient()];
      expect(Object.keys(gradient)).toEqual(Object.keys(expected));
      for (const [path, value] of Object.entries(expected)) {
        expect(Math.abs(gradient[path] - value)).toBeLessThan(1e-6 * (1 + Math.abs(value)));
      }
    }
  });

  test('a joint inversion knows them: the mesh is traced once', async () => {
    const all = await channels();
    const found = await jointInversion(all).evidence({ lens: truth, ...how });
    expect(found.evidences.filter(({ ms }) => ms.mapper > 0)).toHaveLength(1);
    expect(new Set(found.evidences.map(({ mapper }) => mapper)).size).toBe(1);
    const regularization = [1, 1, 2, 2, 2].map((coefficient) => ({ type: 'gradient', coefficient }) as const);
    const apart = await jointInversion(all).evidence({ lens: truth, mesh: how.mesh, regularization });
    expect(new Set(apart.evidences.map(({ mapper }) => mapper)).size).toBe(5);
    const { logEvidence, gradient } = await jointInversion(all).evidenceAndGradient({ lens: truth, ...how });
    expect(logEvidence).toBe(found.logEvidence);
    expect(gradient).toEqual(await found.gradient());
  });

  test('others are refused', async () => {
    const wrong = inversions[0].evidencesWith(inversions.slice(1), { lens: truth, ...how });
    await expect(wrong).rejects.toMatchObject({ code: 'InvalidValue', where: 'evidencesWith' });
  });
});
