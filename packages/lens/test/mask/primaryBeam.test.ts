import { createLoopsBackend } from '@wtilde/backend-loops';
import { real } from '@wtilde/core-types';
import { observations, readNpz, uvTrackOf, writeNpz } from '@wtilde/data';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  circularMask,
  createInversion,
  gaussianPrimaryBeam,
  geometryOf,
  type Inversion,
  inversionFrom,
  parseMesh,
  parseRegularization,
  preparedFields,
  preparedFrom,
  primaryBeamFrom,
  primaryBeamWidth,
  simulateVisibilities,
} from '../../src/index.js';
import { thrownBy } from '../mesh/thrownBy.js';

const backends = [createLoopsBackend()];
const mask = circularMask({ shapeNative: [40, 40], pixelScale: 0.12, radius: 2 });
const mass = [{ type: 'Isothermal', centre: [0.03, -0.05], einsteinRadius: 1.2, ellComps: [0.09, 0.05] }] as const;
const light = [{ type: 'Gaussian', centre: [0.05, 0.1], intensity: 1, sigma: 0.25 }] as const;
/** Narrower than the lens, and pointing beside it. */
const beam = gaussianPrimaryBeam(mask, { width: 3, centre: [0.8, -0.5] });
const uvWavelengths = uvTrackOf(observations.sma, 400, 1);

describe('shapes', () => {
  const { grid } = geometryOf(mask);

  test('a Gaussian is 1 where it points and 1/2 at half its width', () => {
    const width = 2 * Math.hypot(grid.data[0], grid.data[1]);
    expect(gaussianPrimaryBeam(mask, { width }).data[0]).toBeCloseTo(0.5, 12);
    const centre = [grid.data[20], grid.data[21]] as const;
    expect(gaussianPrimaryBeam(mask, { width, centre }).data[10]).toBe(1);
  });

  test('the 12 m antennas of ALMA see 19 arcsec at 300 GHz', () => {
    expect(primaryBeamWidth(12, 300e9)).toBeCloseTo(19.4, 1);
  });

  test('an image, row 0 on top', () => {
    const image = real(Float64Array.from({ length: 1600 }, (_, at) => at));
    const found = primaryBeamFrom(real(image.data, [40, 40]), mask);
    expect(found.data[0]).toBe(mask.mask.data.indexOf(0));
    expect(thrownBy(() => primaryBeamFrom(real(image.data, [20, 80]), mask))).toMatchObject({ code: 'ShapeMismatch' });
    const negative = real(
      image.data.map((value) => value - 800),
      [40, 40],
    );
    expect(thrownBy(() => primaryBeamFrom(negative, mask))).toMatchObject({ code: 'InvalidValue' });
  });
});

describe('in an inversion', () => {
  let inversion: Inversion;
  const model = {
    lens: { mass },
    mesh: parseMesh('overlay:16x16:natural'),
    regularization: parseRegularization('gradient:1'),
  };

  beforeAll(async () => {
    const what = { lens: { mass, light }, mask, primaryBeam: beam, uvWavelengths, noise: 0.1, seed: 2, backends };
    const { visibilities } = await simulateVisibilities(what);
    inversion = await createInversion(visibilities, { mask, primaryBeam: beam, backends });
  });

  test('the source is that without a beam, and fits to the noise', async () => {
    const { reconstruction, mapper, terms, mappedReconstructedImage } = await inversion.evidence(model);
    expect(terms.chiSquared / 800).toBeGreaterThan(0.8);
    expect(terms.chiSquared / 800).toBeLessThan(1.2);
    const flux = (s: Float64Array, at: (y: number, x: number) => boolean) =>
      Math.max(...s.filter((_, i) => at(mapper.vertices.data[2 * i], mapper.vertices.data[2 * i + 1])));
    expect(flux(reconstruction.data, (y, x) => Math.hypot(y - 0.05, x - 0.1) < 0.2)).toBeGreaterThan(0.7);
    // What is seen of it is dimmed: the weights of a row add up to the beam there.
    const { data, shape } = mapper.pixWeightsForSubSlimIndex;
    for (const row of [100, 400]) {
      let sum = 0;
      for (let at = row * shape[1]; at < (row + 1) * shape[1]; at++) sum += data[at];
      expect(sum).toBeLessThanOrEqual(beam.data[row] * (1 + 1e-12));
    }
    expect(mappedReconstructedImage().shape).toEqual(beam.shape);
  });

  test('without it the evidence is far worse', async () => {
    const { primaryBeam: _, ...blind } = inversion;
    const without = inversionFrom({ ...blind }, { backends });
    const [seen, unseen] = [await inversion.evidence(model), await without.evidence(model)];
    expect(seen.logEvidence - unseen.logEvidence).toBeGreaterThan(50);
  });

  test('derivatives are those of differences', async () => {
    // Away from the peak, where there is a slope.
    const at = async (einsteinRadius: number) =>
      await inversion.evidence({ ...model, lens: { mass: [{ ...mass[0], einsteinRadius }] } });
    const gradient = await (await at(1.22)).gradient();
    const step = 1e-6;
    const difference = ((await at(1.22 + step)).logEvidence - (await at(1.22 - step)).logEvidence) / (2 * step);
    expect(gradient['mass.0.einsteinRadius'] / difference).toBeCloseTo(1, 4);
  });

  test('it is in the file of a prepared dataset', async () => {
    const again = inversionFrom(preparedFrom(readNpz(writeNpz(preparedFields(inversion)))), { backends });
    expect(again.primaryBeam).toEqual(beam);
    expect((await again.evidence(model)).logEvidence).toBe((await inversion.evidence(model)).logEvidence);
  });

  test('of another mask it is refused', async () => {
    const { primaryBeam: _, ...blind } = inversion;
    expect(thrownBy(() => inversionFrom({ ...blind, primaryBeam: real([1, 1]) }, { backends }))).toMatchObject({
      code: 'ShapeMismatch',
    });
  });
});
