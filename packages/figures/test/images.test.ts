import { real } from '@wtilde/core-types';
import { geometryOf, rayTrace } from '@wtilde/lens';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { type Images, imagesOf, type Result, type SkyImage } from '../src/index.js';
import { lens, resultOf } from './scene.js';

let result: Result;
let images: Images;
beforeAll(async () => {
  result = await resultOf();
  images = imagesOf(result);
});

/** The value of the pixel that holds a place. */
function valueAt({ values, pixelScale, centre }: SkyImage, y: number, x: number): number {
  const [rows, columns] = values.shape;
  const row = Math.round((rows - 1) / 2 - (y - centre[0]) / pixelScale);
  const column = Math.round((columns - 1) / 2 + (x - centre[1]) / pixelScale);
  return row < 0 || column < 0 || row >= rows || column >= columns ? Number.NaN : values.data[row * columns + column];
}

test('every open pixel of the mask is where its grid says, and nothing else has a value', () => {
  const { grid, pixels, pixelScale } = geometryOf(result.prepared.mask);
  const image = result.evidence.mappedReconstructedImage().data;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const value = valueAt(images.lensedSource, grid.data[2 * pixel], grid.data[2 * pixel + 1]);
    expect(value).toBeCloseTo(image[pixel] / pixelScale ** 2, 9);
  }
  expect(images.lensedSource.values.data.filter((value) => !Number.isNaN(value)).length).toBe(pixels);
});

describe('dirty images', () => {
  it('are in flux per beam: a point source of flux 1 has 1 at its place', () => {
    const { sums } = result.prepared;
    const weights = sums.wCompact.data[sums.gridSize - 1];
    const point = { ...sums, dirtyImage: sums.dirtyImage, wCompact: sums.wCompact };
    const image = new Float64Array(sums.dirtyImage.data.length);
    image[100] = 1;
    const shown = imagesOf({
      ...result,
      prepared: { ...result.prepared, sums: point },
      evidence: { ...result.evidence, mappedReconstructedImage: () => real(image) },
    });
    const most = shown.dirtyModel.values.data.reduce((a, b) => Math.max(a, Number.isNaN(b) ? 0 : b), 0);
    expect(most).toBeCloseTo(1, 12);
    expect(shown.dirtyNoise).toBeCloseTo(1 / Math.sqrt(weights), 12);
    // 200 visibilities of noise 2, each part of which counts.
    expect(shown.dirtyNoise).toBeCloseTo(2 / Math.sqrt(200), 9);
  });

  it('of data and model differ by the residuals', () => {
    const { dirtyImage, dirtyModel, dirtyResiduals } = images;
    dirtyResiduals.values.data.forEach((value, at) => {
      const difference = dirtyImage.values.data[at] - dirtyModel.values.data[at];
      if (Number.isNaN(difference)) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(difference, 10);
    });
  });

  it('have the unit of the visibilities', () => {
    expect(images.dirtyImage.unit).toBe('Jy/beam');
    expect(imagesOf({ ...result, unit: 'mJy' }).source.unit).toBe('mJy/arcsec2');
  });
});

test.each([
  ['overlay:12x12:natural', 'gradient:2'],
  ['overlay:12x12', 'constant:1'],
  ['rectangular:10x10', 'constant:1'],
])('the source of %s covers its mesh, and is that which image pixels see', async (mesh, regularization) => {
  const found = await resultOf(mesh, regularization);
  const { source, sourceNoise, lensedSource } = imagesOf(found);
  const { grid } = geometryOf(found.prepared.mask);
  const traced = rayTrace(lens.mass, grid).data;
  let compared = 0;
  const scale = source.values.data.reduce((a, b) => Math.max(a, Number.isNaN(b) ? 0 : b), 0);
  for (let pixel = 0; pixel < traced.length / 2; pixel++) {
    const there = valueAt(source, traced[2 * pixel], traced[2 * pixel + 1]);
    const seen = valueAt(lensedSource, grid.data[2 * pixel], grid.data[2 * pixel + 1]);
    if (Number.isNaN(there)) continue;
    // As well as the nearest of 256 pixels can tell.
    expect(Math.abs(there - seen)).toBeLessThan(0.1 * scale);
    compared++;
  }
  expect(compared).toBeGreaterThan(0.7 * (traced.length / 2));
  const noise = sourceNoise.values.data.filter((value) => !Number.isNaN(value));
  expect(noise.length).toBe(source.values.data.filter((value) => !Number.isNaN(value)).length);
  expect(noise.every((value) => value >= 0)).toBe(true);
});

test('between source pixels the noise shown is not less than the standard deviation', () => {
  const { evidence } = result;
  const { mapper } = evidence;
  const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = mapper;
  const noise = evidence.reconstructionNoiseMap().data;
  const width = indexes.shape[1];
  for (let pixel = 0; pixel < indexes.shape[0]; pixel += 17) {
    const vector = new Float64Array(mapper.pixels);
    let shown = 0;
    for (let at = pixel * width; at < (pixel + 1) * width && indexes.data[at] >= 0; at++) {
      vector[indexes.data[at]] += weights.data[at];
      shown += weights.data[at] * noise[indexes.data[at]];
    }
    const times = evidence.reconstructionCovarianceTimes(real(vector)).data;
    const variance = vector.reduce((sum, value, s) => sum + value * times[s], 0);
    expect(Math.sqrt(variance)).toBeLessThanOrEqual(shown * (1 + 1e-9));
  }
});
