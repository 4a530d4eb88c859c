import { createLoopsBackend } from '@wtilde/backend-loops';
import { bool, complex, type NdArray, real } from '@wtilde/core-types';
import { expect, test } from 'vitest';
import {
  circularMask,
  createInversion,
  type LensModel,
  type Mask2D,
  maskOf,
  parseMesh,
  parseRegularization,
  simulateVisibilities,
} from '../../src/index.js';
import { numpyNormal } from './numpyNormal.js';

/** Figures that the tests of PyAutoLens hold fast, of data that they simulate with NumPy's numbers. */

const backends = [createLoopsBackend()];
const centre = [0.1, 0.1] as const;

/** Visibilities of a lens without noise. */
async function exactVisibilities(lens: LensModel, mask: Mask2D, uvWavelengths: NdArray<'real'>): Promise<Float64Array> {
  const noise = 1e-300;
  return (await simulateVisibilities({ lens, mask, uvWavelengths, noise, backends })).visibilities.data.data;
}

test("NumPy's normal numbers of seed 1", () => {
  const numbers = [1.62434536, -0.61175641, -0.52817175, -1.07296862, 0.86540763, -2.3015387, 1.74481176, -0.7612069];
  numpyNormal(1, 8).forEach((value, at) => {
    expect(value).toBeCloseTo(numbers[at], 8);
  });
});

test('sources on two planes, each of 16 x 16 pixels', async () => {
  const mask = circularMask({ shapeNative: [31, 31], pixelScale: 0.2, radius: 3 });
  const uvWavelengths = real(new Float64Array(14).fill(1), [7, 2]);
  const sersic = { type: 'Sersic', centre, intensity: 0.1, effectiveRadius: 0.6, sersicIndex: 4 } as const;
  const mass = [{ type: 'IsothermalSph', centre, einsteinRadius: 1.8 } as const];
  const pixels = { mesh: parseMesh('rectangular:16x16'), regularization: parseRegularization('constant:1') };
  const lens: LensModel = {
    mass,
    lensLight: [sersic],
    lensRedshift: 0.5,
    planes: [{ redshift: 1, ...pixels }],
    sourceRedshift: 2,
  };
  const sigma = 0.1;
  const noise = numpyNormal(1, 14);
  const exact = await exactVisibilities({ mass, lensLight: [sersic] }, mask, uvWavelengths);
  const data = complex(
    exact.map((value, at) => value + sigma * noise[at]),
    [7],
  );
  const noiseMap = complex(new Float64Array(14).fill(sigma), [7]);
  const inversion = await createInversion({ data, noiseMap, uvWavelengths }, { mask, backends });
  const found = await inversion.lightEvidence({ lens, ...pixels, useBorderRelocator: true });
  expect(found.sources.map(({ redshift, mapper }) => [redshift, mapper.pixels])).toEqual([
    [1, 256],
    [2, 256],
  ]);
  // As near as they look themselves: the figure is older than their border ellipse.
  expect(Math.abs(found.logEvidence / -5.433894158056919 - 1)).toBeLessThan(1e-2);
  expect(found.logEvidence).toBeCloseTo(-5.440716365, 6);
});

test('a lens of linear light before 3 x 3 pixels', async () => {
  const mask = maskOf(bool(new Uint8Array(51 * 51), [51, 51]), 0.1);
  const uvWavelengths = real([0.04, 200, 3e-5, 500], [2, 2]);
  const mass = [{ type: 'IsothermalSph', centre, einsteinRadius: 1 } as const];
  const sersic = { centre, effectiveRadius: 0.6 } as const;
  const truth: LensModel = {
    mass,
    lensLight: [{ ...sersic, type: 'Sersic', intensity: 100, sersicIndex: 4 }],
    light: [
      { ...sersic, type: 'Sersic', intensity: 0.1, sersicIndex: 1 },
      { ...sersic, type: 'Sersic', intensity: 0.2, sersicIndex: 4 },
    ],
  };
  const data = complex(await exactVisibilities(truth, mask, uvWavelengths), [2]);
  const noiseMap = complex(new Float64Array(4).fill(1), [2]);
  const inversion = await createInversion({ data, noiseMap, uvWavelengths }, { mask, backends });
  const lens: LensModel = { mass, lensLight: [{ ...sersic, type: 'LinearSersic', sersicIndex: 4 }] };
  const pixels = { mesh: parseMesh('rectangular:3x3'), regularization: parseRegularization('constant:0.01') };
  const { logEvidence, linear } = await inversion.lightEvidence({ lens, ...pixels, ridge: 0 });
  // As near as they look themselves. Thirteen pixels are traced onto the cusp of the source, or lie on the singular lens,
  // where rounding decides of their brightness: sources differ by a tenth for that, and intensities by half a percent.
  expect(Math.abs(logEvidence / -29.223696823166 - 1)).toBeLessThan(1e-4);
  expect(Math.abs(linear[0].intensities.data[0] / 101.76664331 - 1)).toBeLessThan(1e-2);
  const positive = await inversion.lightEvidence({ lens, ...pixels, ridge: 0, solve: 'positive' });
  expect(positive.logEvidence).toBeCloseTo(logEvidence, 9);
});
