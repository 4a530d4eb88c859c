import { createLoopsBackend } from '@wtilde/backend-loops';
import { beforeAll, expect, test } from 'vitest';
import { createInversion, type Inversion, type Model, type Regularization } from '../../src/index.js';
import { observe } from './scene.js';

let inversion: Inversion;
let fresh: (model: Model) => Promise<number>;
let inversions = 0;

beforeAll(async () => {
  const { visibilities, mask } = await observe(3, 200);
  const backends = [createLoopsBackend()];
  inversion = await createInversion(visibilities, {
    mask,
    backends,
    onEvent: ({ kernel }) => {
      if (kernel === 'inverseAndLogDetFrom') inversions += 1;
    },
  });
  fresh = async (model) => {
    const alone = await createInversion(visibilities, { mask, backends });
    return (await alone.evidence(model)).logEvidence;
  };
});

const modelOf = (regularization: Regularization, einsteinRadius = 1.4): Model => ({
  lens: { mass: [{ type: 'Isothermal', einsteinRadius, axisRatio: 0.75, angle: 30 }] },
  mesh: { type: 'overlay', shape: [10, 10] },
  regularization,
});

test('a covariance is inverted once for all coefficients, and again where anything else is different', async () => {
  const kernel = (coefficient: number, scale = 0.2) => ({ type: 'exponentialKernel', coefficient, scale }) as const;
  const models = [
    [modelOf(kernel(1)), 1],
    [modelOf(kernel(2)), 1],
    [modelOf(kernel(0.5)), 1],
    [modelOf(kernel(2, 0.3)), 2],
    [modelOf({ type: 'maternKernel', coefficient: 2, scale: 0.3, nu: 0.5 }), 3],
    [modelOf({ type: 'maternKernel', coefficient: 2, scale: 0.3, nu: 0.6 }), 4],
    [modelOf(kernel(2, 0.3)), 5],
    [modelOf(kernel(2, 0.3), 1.41), 6],
  ] as const;
  for (const [model, times] of models) {
    const { logEvidence } = await inversion.evidence(model);
    expect(inversions).toBe(times);
    expect(logEvidence).toBe(await fresh(model));
  }
});
