import { createLoopsBackend } from '@wtilde/backend-loops';
import { complex, real } from '@wtilde/core-types';
import { readNpz, writeNpz } from '@wtilde/data';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  circularMask,
  createInversion,
  datasetWarnings,
  einsteinRadiiBeyond,
  fewImagePixels,
  geometryOf,
  type Inversion,
  inversionFrom,
  maskOf,
  preparedFields,
  preparedFrom,
  simulateVisibilities,
  wTermWarnings,
} from '../../src/index.js';
import { how, type Observed, observe, truth } from '../inversion/scene.js';

const backends = [createLoopsBackend()];
const codesOf = (warnings: readonly { readonly code: string }[]) => warnings.map(({ code }) => code);
const disc = (radius: number, pixelScale: number, pixels: number) =>
  circularMask({ shapeNative: [pixels, pixels], pixelScale, radius });

/** Of the hannah dataset: its longest baseline asks for pixels of 0.035". */
const hannah = { shortest: 12066, longest: 2947924 };

test('a sky that is not flat: the mask that is advised is the largest without a word', () => {
  expect(wTermWarnings({ longestW: 1e5, maskRadius: 5 })).toEqual([]);
  expect(wTermWarnings({ longestW: 0, maskRadius: Number.POSITIVE_INFINITY })).toEqual([]);
  const [warning, ...others] = wTermWarnings({ longestW: 1e7, maskRadius: 60 });
  expect(others).toEqual([]);
  expect(warning).toMatchObject({ code: 'LargeWTerm', where: 'w' });
  // pi w theta^2
  expect(warning.values).toContain('a phase of 2.658 radians');
  const [, advised] = /within ([\d.]+) arcsec/.exec(warning.remedy) ?? [];
  expect(wTermWarnings({ longestW: 1e7, maskRadius: 0.99 * Number(advised) })).toEqual([]);
  expect(wTermWarnings({ longestW: 1e7, maskRadius: 1.01 * Number(advised) })).toHaveLength(1);
});

describe('dataset and mask', () => {
  test('what goes together passes without a word', () => {
    expect(datasetWarnings({ mask: disc(2.4, 0.03, 200), baselines: hannah })).toEqual([]);
    expect(datasetWarnings({ mask: disc(2.4, 0.03, 200) })).toEqual([]);
  });

  test('coarse pixels: the advice is below 1 / (2 longest baseline)', () => {
    const [warning, ...others] = datasetWarnings({ mask: disc(2.4, 0.2, 100), baselines: hannah });
    expect(others).toEqual([]);
    expect(warning).toEqual({
      code: 'CoarsePixels',
      what: 'the pixels are too coarse for the longest baseline: what it sees is folded into false structure',
      where: 'mask pixelScale',
      values: 'pixels of 0.2", 1 / (2 longest baseline) is 0.03498"',
      remedy: 'use pixels of at most 0.0349", or leave out baselines longer than 515000 wavelengths',
    });
    expect(datasetWarnings({ mask: disc(2.4, 0.0349, 200), baselines: hannah })).toEqual([]);
  });

  test.each([
    ['a mask within the beam', disc(0.03, 0.02, 100), hannah, ['MaskBelowBeam']],
    ['a mask beyond the largest scale', disc(9, 0.03, 700), hannah, ['MaskBeyondLargestScale']],
    ['a circle beyond the image', disc(2.4, 0.03, 100), hannah, ['MaskBeyondImage']],
    ['kilo-wavelengths', disc(2.4, 0.1, 100), { shortest: 56.7, longest: 216.6 }, ['BaselinesTooShort']],
    ['metres', disc(2.4, 0.1, 100), { shortest: 20, longest: 457 }, ['BaselinesTooShort']],
    ['seconds', disc(2.4, 0.1, 100), { shortest: 6e-8, longest: 1.5e-6 }, ['BaselinesTooShort']],
    ['no length', disc(2.4, 0.1, 100), { shortest: Number.POSITIVE_INFINITY, longest: 0 }, ['BaselinesTooShort']],
    ['too long', disc(2.4, 0.1, 100), { shortest: 1e4, longest: 3e12 }, ['BaselinesTooLong']],
  ])('%s', (_name, mask, baselines, codes) => {
    expect(codesOf(datasetWarnings({ mask, baselines }))).toEqual(codes);
  });

  test('the unit is guessed by size', () => {
    const remedyAt = (longest: number) =>
      datasetWarnings({ mask: disc(2, 0.1, 60), baselines: { shortest: 1, longest } })[0];
    expect(remedyAt(1.5e-6).what).toMatch(/seconds/);
    expect(remedyAt(457).what).toMatch(/kilo-wavelengths or metres/);
  });

  test('a circle that touches the edge of the image is in it, one around another centre may not be', () => {
    expect(datasetWarnings({ mask: disc(3, 0.1, 60) })).toEqual([]);
    const beside = circularMask({ shapeNative: [60, 60], pixelScale: 0.1, radius: 2.5, centre: [0, 0.6] });
    const [warning] = datasetWarnings({ mask: beside });
    expect(warning).toMatchObject({ code: 'MaskBeyondImage', remedy: expect.stringContaining('62 x 62') });
    const wider = circularMask({ shapeNative: [62, 62], pixelScale: 0.1, radius: 2.5, centre: [0, 0.6] });
    expect(datasetWarnings({ mask: wider })).toEqual([]);
    expect(datasetWarnings({ mask: maskOf(beside.mask, 0.1) })).toEqual([]);
  });
});

describe('model', () => {
  test('fewer image pixels than source pixels', () => {
    expect(fewImagePixels(900, 900)).toEqual([]);
    expect(fewImagePixels(716, 900)).toMatchObject([
      { code: 'FewImagePixels', values: '716 image pixels, 900 source pixels' },
    ]);
  });

  test('an Einstein radius beyond the mask names the profile', () => {
    const { grid } = geometryOf(disc(2.4, 0.1, 60));
    const sphere = (einsteinRadius: number, x = 0) =>
      ({ type: 'IsothermalSph', centre: [0, x], einsteinRadius }) as const;
    expect(einsteinRadiiBeyond([sphere(1), { type: 'MassSheet', kappa: 3 }], grid)).toEqual([]);
    expect(einsteinRadiiBeyond([sphere(3, 1)], grid)).toEqual([]);
    expect(einsteinRadiiBeyond([sphere(1), sphere(1600)], grid)).toMatchObject([
      { code: 'EinsteinRadiusBeyondMask', where: 'mass[1].einsteinRadius' },
    ]);
  });
});

describe('where they come out', () => {
  let observed: Observed;
  let inversion: Inversion;
  const thousandth = (factor: number) => {
    const { data, noiseMap, uvWavelengths } = observed.visibilities;
    return {
      data,
      noiseMap,
      uvWavelengths: real(
        uvWavelengths.data.map((value) => value * factor),
        uvWavelengths.shape,
      ),
    };
  };

  beforeAll(async () => {
    observed = await observe();
    inversion = await createInversion(observed.visibilities, { mask: observed.mask, backends });
  });

  test('a good dataset and model have none', async () => {
    expect(inversion.warnings).toEqual([]);
    expect((await inversion.evidence({ lens: truth, ...how })).warnings).toEqual([]);
  });

  test('on the prepared dataset, its file, and every evidence of it', async () => {
    const klambda = await createInversion(thousandth(1e-3), { mask: observed.mask, backends });
    expect(codesOf(klambda.warnings)).toEqual(['BaselinesTooShort']);
    const again = inversionFrom(preparedFrom(readNpz(writeNpz(preparedFields(klambda)))), { backends });
    expect(again.warnings).toEqual(klambda.warnings);
    const lens = { mass: [{ type: 'IsothermalSph', einsteinRadius: 14 }] } as const;
    const { warnings } = await again.evidence({
      lens,
      mesh: { type: 'rectangular', shape: [40, 40] },
      regularization: { type: 'constant', coefficient: 3 },
    });
    expect(codesOf(warnings)).toEqual(['BaselinesTooShort', 'EinsteinRadiusBeyondMask', 'FewImagePixels']);
  });

  test('a file without baselines is read, and its mask still warned of', () => {
    const { baseline_range: _, ...before } = preparedFields(inversion);
    expect(preparedFrom(before)).toMatchObject({ warnings: [] });
    expect(preparedFrom(before).baselines).toBeUndefined();
  });

  test('flagged visibilities do not count, whatever their baselines are; pieces count together', async () => {
    const { data, noiseMap, uvWavelengths } = observed.visibilities;
    const noise = noiseMap.data.slice();
    noise.fill(Number.POSITIVE_INFINITY, 0, 2);
    const uv = uvWavelengths.data.slice();
    uv.fill(Number.NaN, 0, 2);
    const flagged = { data, noiseMap: complex(noise), uvWavelengths: real(uv, uvWavelengths.shape) };
    const lengths = Array.from({ length: 599 }, (_, k) => Math.hypot(uv[2 * k + 2], uv[2 * k + 3]));
    const whole = await createInversion(flagged, { mask: observed.mask, backends });
    const expected = { shortest: Math.min(...lengths), longest: Math.max(...lengths) };
    expect(whole.baselines).toEqual(expected);
    const cut = (from: number, to: number) => ({
      data: complex(data.data.slice(2 * from, 2 * to)),
      noiseMap: complex(noise.slice(2 * from, 2 * to)),
      uvWavelengths: real(uv.slice(2 * from, 2 * to), [to - from, 2]),
    });
    const pieced = await createInversion(
      { chunks: [cut(0, 1), cut(1, 77), cut(77, 600)] },
      { mask: observed.mask, backends },
    );
    expect(pieced.baselines).toEqual(expected);
  });

  test('of a simulation', async () => {
    const { uvWavelengths } = thousandth(1e3);
    const { warnings } = await simulateVisibilities({
      lens: truth,
      mask: observed.mask,
      uvWavelengths,
      noise: 1,
      backends,
    });
    expect(codesOf(warnings)).toContain('CoarsePixels');
  });
});
