import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { requireField } from '@wtilde/data';
import { readVisibilityFiles } from '@wtilde/data/node';
import { expect, test } from 'vitest';
import { circularMask, createInversion, type MassProfile } from '../../src/index.js';
import { dataFolder, realIn, testWithGoldenLenses } from '../golden.js';
import { largestDifference } from '../largestDifference.js';

const lens: MassProfile = {
  type: 'Isothermal',
  centre: [0.043, -0.071],
  einsteinRadius: 1.6,
  axisRatio: 0.82,
  angle: 38,
};

const backends = {
  loops: async () => createLoopsBackend(),
  wasm: async () => await createWasmBackend(),
};

const logEvidences: Readonly<Record<string, number>> = {
  sma: -13533.902761773159,
  'alma-high-res': -60313.53200616217,
};

for (const [id, create] of Object.entries(backends)) {
  testWithGoldenLenses(`from FITS to evidence, on ${id}`, async ({ name, fields, outline, pixelScale, meshShape }) => {
    const files = `${dataFolder}/${name}`;
    const dataset = await readVisibilityFiles({
      data: `${files}/data.fits`,
      noiseMap: `${files}/noise_map.fits`,
      uvWavelengths: `${files}/uv_wavelengths.fits`,
    });
    const mask = circularMask({ shapeNative: [100, 100], pixelScale, radius: outline.outerRadius });
    const inversion = await createInversion(dataset, { mask, backends: [await create()] });
    const expected = realIn(fields, 'dirty_image');
    const scale = Math.max(...expected.data.map(Math.abs));
    expect(largestDifference(inversion.sums.dirtyImage, expected) / scale).toBeLessThan(1e-10);

    const evidence = await inversion.evidence({
      lens: { mass: [lens] },
      mesh: { type: 'overlay', shape: meshShape, interpolation: 'barycentric' },
      regularization: { type: 'constant', coefficient: 1 },
    });
    expect(Math.abs(evidence.logEvidence - logEvidences[name])).toBeLessThan(1e-6);
    for (const [ours, theirs] of [
      ['chiSquared0', 'chi_squared_0'],
      ['chiSquared', 'chi_squared'],
      ['regularizationTerm', 'regularization'],
      ['logDetCurvatureRegMatrix', 'log_det_curvature_reg_matrix'],
      ['logDetRegularizationMatrix', 'log_det_regularization_matrix'],
    ] as const) {
      const [term] = requireField(fields, `out.term.${theirs}`, 'real').data;
      expect(Math.abs(evidence.terms[ours] - term)).toBeLessThan(1e-6);
    }
    expect(new Set(evidence.ran.map((event) => 'backend' in event && event.backend))).toEqual(new Set([id]));
    inversion.dispose();
  });
}

// By the closed form of the limit, checked against the limit of another code.
const flatSource = -33854.138152;

for (const [id, create] of Object.entries(backends)) {
  test(`sma at any large regularization coefficient: the evidence of a flat source, on ${id}`, async () => {
    const dataset = await readVisibilityFiles(`${dataFolder}/sma`);
    const mask = circularMask({ shapeNative: [100, 100], pixelScale: 0.2, radius: 3 });
    const inversion = await createInversion(dataset, { mask, backends: [await create()] });
    for (const coefficient of [1e6, 1e7, 1e8, 1e9, 1e12]) {
      const { logEvidence, terms } = await inversion.evidence({
        lens: { mass: [{ type: 'IsothermalSph', einsteinRadius: 1 }] },
        mesh: { type: 'overlay', shape: [26, 26], interpolation: 'barycentric' },
        regularization: { type: 'constant', coefficient },
      });
      expect(Math.abs(logEvidence - flatSource)).toBeLessThan(2e-6);
      expect(terms.regularizationTerm).toBeGreaterThan(0);
    }
    inversion.dispose();
  });
}
