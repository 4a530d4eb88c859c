import { createLoopsBackend } from '@wtilde/backend-loops';
import { real } from '@wtilde/core-types';
import type { Derivatives } from '@wtilde/numerics';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createInversion,
  type Evidence,
  type Inversion,
  type MassProfile,
  type Model,
  parametersOf,
  parseLensModel,
  parseMesh,
  parseRegularization,
  priorOf,
} from '../../src/index.js';
import { type EvidenceGradient, gradientOf } from '../../src/inversion/gradient.js';
import { mapperOf } from '../../src/inversion/mapperOf.js';
import { throughGraph } from '../../src/inversion/modelDerivatives.js';
import { observe } from './scene.js';

const loops = createLoopsBackend();
let inversion: Inversion;
beforeAll(async () => {
  const { visibilities, mask } = await observe(5, 200);
  inversion = await createInversion(visibilities, { mask, backends: [loops] });
});

/** Every law that has parameters of its own. */
const mass: readonly MassProfile[] = parseLensModel({
  mass: [
    { type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 0.6, ellComps: [0.08, -0.06], coreRadius: 0.05 },
    { type: 'PowerLaw', centre: [0.02, -0.04], einsteinRadius: 0.5, slope: 2.1, ellComps: [0.09, 0.05] },
    { type: 'NFWSph', centre: [0.04, 0.02], kappaS: 0.05, scaleRadius: 6 },
    { type: 'PointMass', centre: [0.31, 0.27], einsteinRadius: 0.2 },
    { type: 'ExternalShear', gamma1: 0.03, gamma2: -0.02 },
    { type: 'MassSheet', kappa: 0.05 },
  ],
}).mass;

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

const ringsOf = ({ mapper }: Evidence) => `${mapper.pixIndexesForSubSlimIndex.data} ${mapper.neighbors.data}`;

/** What the last digits of an evidence and its parts may be off, as a part of the sum of its absolute terms. */
const rounding = 2e-15;

/** A derivative by central differences of eighth order, at a step that changes no neighbours; undefined without one. */
async function difference(model: Model, path: string, first: number) {
  const at = (shift: number) => inversion.evidence(moved(model, path, shift));
  const here = await inversion.evidence(model);
  const terms = Object.values(here.terms).reduce((sum, term) => sum + Math.abs(term), 0);
  const rings = ringsOf(here);
  for (let step = first; step > first / 300; step /= 3) {
    const far = [await at(4 * step), await at(-4 * step)];
    if (far.some((evidence) => ringsOf(evidence) !== rings)) continue;
    let sum = 0;
    for (const [n, weight] of [4 / 5, -1 / 5, 4 / 105, -1 / 280].entries()) {
      const [above, below] = n === 3 ? far : [await at((n + 1) * step), await at(-(n + 1) * step)];
      sum += weight * (above.logEvidence - below.logEvidence);
    }
    return { value: sum / step, error: (rounding * terms) / step };
  }
  return undefined;
}

const paths = [...parametersOf(mass).map(({ path }) => path), 'regularization.coefficient'];
const modelOf = (mesh: string, coefficient: number): Model => ({
  lens: { mass },
  mesh: parseMesh(mesh),
  regularization: parseRegularization(`${/natural|laplace/.test(mesh) ? 'gradient' : 'constant'}:${coefficient}`),
});

/** The largest error over what is allowed, 1e-8 of the largest derivative and the rounding of the differences. */
async function errorOf(gradient: EvidenceGradient, model: Model) {
  const largest = Math.max(...Object.values(gradient).map(Math.abs));
  let [worst, compared] = [0, 0];
  for (const path of paths) {
    const coefficient = 'coefficient' in model.regularization ? model.regularization.coefficient : 1;
    const found = await difference(model, path, path.startsWith('regularization') ? 0.02 * coefficient : 1e-5);
    if (found === undefined) continue;
    compared += 1;
    worst = Math.max(worst, Math.abs(found.value - gradient[path]) / (1e-8 * largest + found.error));
  }
  return { worst, compared };
}

describe.each<readonly [mesh: string, coefficients: readonly number[]]>([
  ['overlay:9x9:natural', [1e-6, 1, 1e6]],
  ['overlay:9x9:barycentric', [1e-6, 1, 1e6]],
  // Below, the data hardly hold the cells in the corners, and the evidence has no 8 digits to take differences of.
  ['rectangular:8x7', [1e-3, 1, 1e6]],
])('on %s', (mesh, coefficients) => {
  test.each(coefficients)('with coefficient %d every derivative is that of differences', async (coefficient) => {
    const model = modelOf(mesh, coefficient);
    const { gradient } = await inversion.evidenceAndGradient(model);
    expect(Object.keys(gradient).sort()).toEqual([...paths].sort());
    const { worst, compared } = await errorOf(gradient, model);
    expect(compared).toBeGreaterThan(20);
    expect(worst).toBeLessThan(1);
  });
});

describe('mistakes in the chain from the mapping to the lens show in differences', () => {
  const model = modelOf('overlay:9x9:natural', 1);
  const mapped = () => mapperOf(inversion.mask, inversion.geometry, model);

  const prior = () => {
    const found = priorOf(model.regularization, mapped());
    if ('matrix' in found) throw new Error('a graph');
    return found;
  };

  /** The derivatives that the kernel gives for a model, with the weights of its mapping and edges in some proportion. */
  function derivativesOf(weightsBy = 1): Derivatives {
    const { mapper } = mapped();
    const { graph } = prior();
    const { wCompact, nativeIndexForSlimIndex, dirtyImage, chiSquared0, noiseNormalization } = inversion.sums;
    const record = loops.kernels.evidenceDerivativesViaWCompactFrom({
      wCompact,
      nativeIndexForSlimIndex,
      dirtyImage,
      chiSquared0,
      noiseNormalization,
      pixels: mapper.pixels,
      pixIndexesForSubSlimIndex: mapper.pixIndexesForSubSlimIndex,
      pixWeightsForSubSlimIndex: mapper.pixWeightsForSubSlimIndex,
      neighbors: mapper.neighbors,
      neighborsSizes: mapper.neighborsSizes,
      weights: real(
        graph.weights.map((weight) => weightsBy * weight),
        mapper.neighbors.shape,
      ),
      diagonal: real(graph.diagonal),
    });
    return {
      byMapping: record.logEvidenceByMapping.data,
      byWeights: record.logEvidenceByWeights.data,
      byDiagonal: record.logEvidenceByDiagonal.data,
    };
  }

  const chain = (derivatives: Derivatives, places = mapped()) =>
    gradientOf(throughGraph(derivatives, prior()), model, places, inversion.geometry.grid);
  const negated = (values: Float64Array) => values.map((value) => -value);

  test.each<readonly [mistake: string, gradient: () => EvidenceGradient, worst: (error: number) => boolean]>([
    ['none', () => chain(derivativesOf()), (error) => error < 1],
    [
      'a sign',
      () => chain({ ...derivativesOf(), byMapping: negated(derivativesOf().byMapping) }),
      (error) => error > 10,
    ],
    [
      'a sign of the edges',
      () => chain({ ...derivativesOf(), byWeights: negated(derivativesOf().byWeights) }),
      (error) => error > 10,
    ],
    ['no vertices', () => chain(derivativesOf(), { ...mapped(), imageMesh: undefined }), (error) => error > 10],
    ['stale weights', () => chain(derivativesOf(1.001)), (error) => error > 10],
  ])('%s', async (_, gradient, isAsExpected) => {
    const { worst } = await errorOf(gradient(), model);
    expect(isAsExpected(worst)).toBe(true);
  });
});
