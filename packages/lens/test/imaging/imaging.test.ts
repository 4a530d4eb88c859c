import { createLoopsBackend } from '@wtilde/backend-loops';
import { type NdArray, real } from '@wtilde/core-types';
import { beforeAll, describe, expect, it, test } from 'vitest';
import {
  circularMask,
  createInversion,
  createSourceInterpolator,
  dirtyBeamOf,
  dirtyImageOf,
  geometryOf,
  type Inversion,
  type Mesh,
  mapperOf,
  parseMesh,
  parseRegularization,
} from '../../src/index.js';
import { how, observe, truth } from '../inversion/scene.js';

let inversion: Inversion;
let uv: NdArray<'real'>;
beforeAll(async () => {
  const { mask, visibilities } = await observe();
  uv = visibilities.uvWavelengths;
  inversion = await createInversion(visibilities, { mask, backends: [createLoopsBackend()] });
});

describe('dirtyImageOf', () => {
  it('makes chi-squared: chi0^2 - 2 i^t d + i^t W i', async () => {
    const found = await inversion.evidence({ lens: truth, ...how });
    const image = found.mappedReconstructedImage();
    const dot = (other: Float64Array) => image.data.reduce((sum, value, pixel) => sum + value * other[pixel], 0);
    const { dirtyImage, chiSquared0 } = inversion.sums;
    const chiSquared = chiSquared0 - 2 * dot(dirtyImage.data) + dot(dirtyImageOf(inversion.sums, image).data);
    expect(chiSquared / found.terms.chiSquared).toBeCloseTo(1, 9);
  });

  it('is the table of W, wherever in the image a point is', () => {
    const { dirtyImage, wCompact, gridSize, nativeIndexForSlimIndex } = inversion.sums;
    for (const pixel of [0, 17, 200, dirtyImage.data.length - 1]) {
      const point = new Float64Array(dirtyImage.data.length);
      point[pixel] = 1;
      const dirty = dirtyImageOf(inversion.sums, real(point)).data;
      const [row, column] = nativeIndexForSlimIndex.data.subarray(2 * pixel);
      dirty.forEach((value, other) => {
        const [m, n] = [
          nativeIndexForSlimIndex.data[2 * other] - row,
          nativeIndexForSlimIndex.data[2 * other + 1] - column,
        ];
        const [down, right] = m < 0 ? [-m, -n] : [m, n];
        expect(value).toBe(wCompact.data[down * (2 * gridSize - 1) + right + gridSize - 1]);
      });
    }
  });

  it('refuses an image of another mask', () => {
    expect(() => dirtyImageOf(inversion.sums, real([1, 2]))).toThrow(/\[2\]/);
  });
});

describe('dirtyBeamOf', () => {
  const tableOf = (gridSize: number, w: (y: number, x: number) => number, pixelScale: number) => ({
    gridSize,
    pixelScale,
    wCompact: real(
      Float64Array.from({ length: gridSize * (2 * gridSize - 1) }, (_, at) => {
        const [m, n] = [Math.floor(at / (2 * gridSize - 1)), (at % (2 * gridSize - 1)) - gridSize + 1];
        return w(-m * pixelScale, n * pixelScale);
      }),
      [gridSize, 2 * gridSize - 1],
    ),
  });
  const gaussian = (major: number, minor: number, angle: number) => (y: number, x: number) => {
    const turned = (angle * Math.PI) / 180;
    const along = (x * Math.cos(turned) + y * Math.sin(turned)) / major;
    const across = (y * Math.cos(turned) - x * Math.sin(turned)) / minor;
    return 5 * Math.exp(-4 * Math.LN2 * (along ** 2 + across ** 2));
  };

  test.each([
    [0.9, 0.4, 30],
    [0.9, 0.4, -50],
    [1.2, 1.1, 80],
  ])('finds a Gaussian: %d by %d at %d degrees', (major, minor, angle) => {
    const beam = dirtyBeamOf(tableOf(12, gaussian(major, minor, angle), 0.1));
    expect(beam?.major).toBeCloseTo(major, 9);
    expect(beam?.minor).toBeCloseTo(minor, 9);
    expect(beam?.angle).toBeCloseTo(angle, 7);
  });

  it('of an array is as wide as the spread of its baselines says, and there is none of one pixel', () => {
    const beam = dirtyBeamOf(inversion.sums);
    const [u, v] = [0, 1].map((lane) => uv.data.filter((_, at) => at % 2 === lane));
    const square = (values: Float64Array) => values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
    const product = u.reduce((sum, value, k) => sum + value * v[k], 0) / u.length;
    const [mean, half] = [(square(u) + square(v)) / 2, Math.hypot((square(u) - square(v)) / 2, product)];
    // Of a Gaussian: the width of its transform is 1 / (2 pi sigma).
    const width = (variance: number) => (2 * Math.sqrt(2 * Math.LN2) * 206264.8) / (2 * Math.PI * Math.sqrt(variance));
    expect(beam?.minor).toBeGreaterThan(0.8 * width(mean + half));
    expect(beam?.minor).toBeLessThan(1.4 * width(mean + half));
    expect(beam?.major).toBeGreaterThan(0.8 * width(mean - half));
    expect(beam?.major).toBeLessThan(1.4 * width(mean - half));
    expect(dirtyBeamOf(tableOf(1, () => 1, 0.1))).toBeUndefined();
  });
});

describe('createSourceInterpolator', () => {
  const mask = circularMask({ shapeNative: [50, 50], pixelScale: 0.12, radius: 2.4 });
  const plane = (grid: { readonly data: Float64Array }) =>
    real(
      Float64Array.from({ length: grid.data.length / 2 }, (_, at) => 2 + grid.data[2 * at] - 3 * grid.data[2 * at + 1]),
    );

  test.each(['overlay:24x24', 'overlay:24x24:natural', 'overlay:24x24:laplace', 'rectangular:12x9'])(
    '%s: what image pixels get, exact for a plane, NaN beyond the mesh',
    (text) => {
      const mesh: Mesh = parseMesh(text);
      const { mapper, sourceGrid } = mapperOf(mask, geometryOf(mask), { lens: truth, mesh });
      const values = plane(mapper.vertices);
      const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = mapper;
      const found = createSourceInterpolator({ mapper, mesh, grid: sourceGrid })(values).data;
      const width = indexes.shape[1];
      let compared = 0;
      found.forEach((value, pixel) => {
        if (Number.isNaN(value)) return;
        let own = 0;
        for (let at = pixel * width; at < (pixel + 1) * width && indexes.data[at] >= 0; at++)
          own += weights.data[at] * values.data[indexes.data[at]];
        expect(value).toBeCloseTo(own, 10);
        compared++;
      });
      expect(compared).toBeGreaterThan(0.8 * found.length);
      const middle = real([0, 0.1, 99, 99], [2, 2]);
      const [inside, beyond] = createSourceInterpolator({ mapper, mesh, grid: middle })(values).data;
      expect(inside).toBeCloseTo(1.7, 9);
      expect(beyond).toBeNaN();
      expect(() => createSourceInterpolator({ mapper, mesh, grid: middle })(real([1, 2]))).toThrow(/values.*\[2\]/);
    },
  );

  it('takes the mapper of an evidence', async () => {
    const mesh = parseMesh('overlay:20x20:natural');
    const { mapper, reconstruction } = await inversion.evidence({
      lens: truth,
      mesh,
      regularization: parseRegularization('gradient:3'),
    });
    const [there] = createSourceInterpolator({ mapper, mesh, grid: real([0.05, 0.1], [1, 2]) })(reconstruction).data;
    expect(there).toBeGreaterThan(0.4);
  });
});
