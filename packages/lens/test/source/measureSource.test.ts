import { createLoopsBackend } from '@wtilde/backend-loops';
import { real } from '@wtilde/core-types';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createInversion,
  type Evidence,
  type Inversion,
  imageFrom,
  type Mesh,
  measureSource,
  parseMesh,
  parseRegularization,
  rayTrace,
  sourceAreas,
} from '../../src/index.js';
import { observe, truth } from '../inversion/scene.js';
import { thrownBy } from '../mesh/thrownBy.js';

const backends = [createLoopsBackend()];
const pixelScale = 0.12;
/** Of the Gaussian of the scene, whose sigma is that of its minor axis: 2 pi sigma^2 / q over the area of an image pixel. */
const trueFlux = (2 * Math.PI * 0.25 ** 2) / 0.7 / pixelScale ** 2;
const meshes = ['overlay:24x24', 'overlay:24x24:natural', 'rectangular:22x22'].map(
  (text) => [text, parseMesh(text)] as const,
);
const regularization = parseRegularization('constant:3');
let inversion: Inversion;

beforeAll(async () => {
  const { visibilities, mask } = await observe();
  inversion = await createInversion(visibilities, { mask, backends });
});

const evidenceOn = (mesh: Mesh) => inversion.evidence({ lens: truth, mesh, regularization });

/** (F + H)^-1, column by column. */
function covarianceOf(evidence: Evidence): Float64Array[] {
  const { pixels } = evidence.mapper;
  return Array.from({ length: pixels }, (_, i) =>
    Float64Array.from(
      evidence.reconstructionCovarianceTimes(real(Float64Array.from({ length: pixels }, (__, j) => (i === j ? 1 : 0))))
        .data,
    ),
  );
}

describe.each(meshes)('%s', (text, mesh) => {
  test('flux and magnification are those of the simulated source, to their errors', async () => {
    const evidence = await evidenceOn(mesh);
    const found = measureSource(evidence, { mesh, pixelScale });
    const image = evidence.mappedReconstructedImage().data.reduce((sum, value) => sum + value, 0);
    expect(found.imageFlux.value).toBeCloseTo(image, 8);
    const trueImage = imageFrom(truth.light ?? [], rayTrace(truth.mass, inversion.geometry.grid)).data;
    const trueImageFlux = trueImage.reduce((sum, value) => sum + value, 0);
    for (const [{ value, error }, expected] of [
      [found.sourceFlux, trueFlux],
      [found.imageFlux, trueImageFlux],
      [found.magnification, trueImageFlux / trueFlux],
    ] as const) {
      expect(error).toBeGreaterThan(0);
      // The corners of a rectangle are seen by no image pixel.
      expect(error / value).toBeLessThan(mesh.type === 'overlay' ? 0.03 : 0.3);
      expect(Math.abs(value - expected)).toBeLessThan(3 * error);
    }
    const bright = measureSource(evidence, { mesh, pixelScale, minimumSignalToNoise: 3 });
    expect(bright.pixels).toBeLessThan(found.pixels);
    expect(bright.sourceFlux.value).toBeLessThan(found.sourceFlux.value);
    expect(found.magnification.value).toBeCloseTo(found.imageFlux.value / found.sourceFlux.value, 10);
    expect(found.areas.data.every((area) => area >= 0)).toBe(true);
    expect(text).toContain(mesh.type);
  });

  test('errors are those of the covariance, and magnification by differences of the ratio', async () => {
    const evidence = await evidenceOn(mesh);
    const found = measureSource(evidence, { mesh, pixelScale });
    const covariance = covarianceOf(evidence);
    const noise = evidence.reconstructionNoiseMap().data;
    for (const [i, column] of covariance.entries()) expect(column[i] / noise[i] ** 2).toBeCloseTo(1, 7);
    const weights = found.areas.data.map((area) => area / pixelScale ** 2);
    const variance = covariance.reduce(
      (sum, column, i) => sum + weights[i] * column.reduce((inner, value, j) => inner + value * weights[j], 0),
      0,
    );
    expect(found.sourceFlux.error / Math.sqrt(variance)).toBeCloseTo(1, 7);
    const fluxes = (s: Float64Array) => s.reduce((sum, value, i) => sum + value * weights[i], 0);
    const imageFlux = (s: Float64Array) => {
      const { pixIndexesForSubSlimIndex: to, pixWeightsForSubSlimIndex: by } = evidence.mapper;
      let sum = 0;
      for (let row = 0; row < to.shape[0]; row++) {
        for (let at = row * to.shape[1]; at < (row + 1) * to.shape[1] && to.data[at] >= 0; at++)
          sum += by.data[at] * s[to.data[at]];
      }
      return sum;
    };
    const s = evidence.reconstruction.data;
    const step = 1e-4;
    const slope = s.map((_, i) => {
      const moved = (by: number) => s.map((value, j) => value + (i === j ? by : 0));
      const [ahead, behind] = [moved(step), moved(-step)];
      return (imageFlux(ahead) / fluxes(ahead) - imageFlux(behind) / fluxes(behind)) / (2 * step);
    });
    const spread = covariance.reduce(
      (sum, column, i) => sum + slope[i] * column.reduce((inner, value, j) => inner + value * slope[j], 0),
      0,
    );
    expect(found.magnification.error / Math.sqrt(spread)).toBeCloseTo(1, 4);
  });

  test('the brightest pixel is where the source is', async () => {
    const { brightest } = measureSource(await evidenceOn(mesh), { mesh, pixelScale });
    expect(Math.hypot(brightest.position[0] - 0.05, brightest.position[1] - 0.1)).toBeLessThan(0.15);
    expect(brightest.brightness.value).toBeGreaterThan(5 * brightest.brightness.error);
  });
});

test('dual cells fill the hull: a square with its middle', () => {
  const vertices = real([0, 0, 0, 2, 2, 0, 2, 2, 1, 1], [5, 2]);
  const areas = sourceAreas(vertices, { type: 'overlay', shape: [3, 3] }).data;
  // Four triangles of area 1; the middle is a corner of all of them.
  expect([...areas].map((area) => Number(area.toFixed(12)))).toEqual(
    [2 / 3, 2 / 3, 2 / 3, 2 / 3, 4 / 3].map((area) => Number(area.toFixed(12))),
  );
});

test('what makes no sense is refused by its name', async () => {
  const [[, mesh]] = meshes;
  const evidence = await evidenceOn(mesh);
  expect(thrownBy(() => measureSource(evidence, { mesh, pixelScale: 0 }))).toMatchObject({
    code: 'InvalidValue',
    where: 'measureSource pixelScale',
  });
  expect(thrownBy(() => measureSource(evidence, { mesh, pixelScale, minimumSignalToNoise: 1e6 }))).toMatchObject({
    code: 'InvalidValue',
    where: 'measureSource minimumSignalToNoise',
  });
  expect(thrownBy(() => evidence.reconstructionCovarianceTimes(real([1], [1])))).toMatchObject({
    code: 'ShapeMismatch',
  });
});
