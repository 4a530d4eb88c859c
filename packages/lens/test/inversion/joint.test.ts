import { createLoopsBackend } from '@wtilde/backend-loops';
import { observations, uvTrackOf } from '@wtilde/data';
import { beforeAll, expect, test } from 'vitest';
import {
  createInversion,
  type Inversion,
  type JointInversion,
  jointInversion,
  type LensModel,
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
