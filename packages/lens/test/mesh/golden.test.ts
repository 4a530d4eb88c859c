import type { NdArray } from '@wtilde/core-types';
import { type Fields, requireField } from '@wtilde/data';
import { expect } from 'vitest';
import {
  adaptiveRectangularMapper,
  borderPixels,
  circularMask,
  hilbertImageMesh,
  type Mapper,
  rectangularMapper,
  relocateToBorder,
} from '../../src/index.js';
import { curveWithin, drawAlong, weightsOf } from '../../src/mesh/hilbert.js';
import { testWithGoldenNpz } from '../golden.js';
import { largestDifference } from '../largestDifference.js';
import { furthest } from '../mapper/denseOf.js';
import { qhullDiagonals } from './qhullDiagonals.js';

const meshes = 'pyautolens/meshes.npz';
const masks = {
  sma: circularMask({ shapeNative: [100, 100], pixelScale: 0.2, radius: 3 }),
  hannah: circularMask({ shapeNative: [100, 100], pixelScale: 0.1, radius: 2.4 }),
  alma: circularMask({ shapeNative: [100, 100], pixelScale: 0.05, radius: 2 }),
};

for (const [name, mask] of Object.entries(masks)) {
  testWithGoldenNpz(meshes, `border of ${name}`, (fields) => {
    expect([...borderPixels(mask)]).toEqual([...requireField(fields, `${name}.border_slim`, 'index').data]);
  });

  for (const lens of ['A', 'B', 'C']) {
    testWithGoldenNpz(meshes, `${name}: what lens ${lens} traces is drawn back to the border`, (fields) => {
      const grid = realIn(fields, `${name}.${lens}.traced_grid`);
      const moved = relocateToBorder({ mask, grid });
      expect(largestDifference(moved, grid)).toBeGreaterThan(1e-3);
      expect(largestDifference(moved, realIn(fields, `${name}.${lens}.relocated_grid`))).toBeLessThan(1e-10);
      const points = realIn(fields, `${name}.${lens}.traced_mesh`);
      const mesh = relocateToBorder({ mask, grid, points });
      expect(largestDifference(mesh, realIn(fields, `${name}.${lens}.relocated_mesh`))).toBeLessThan(1e-10);
    });
  }

  testWithGoldenNpz(meshes, `${name}: outliers`, (fields) => {
    const moved = relocateToBorder({ mask, grid: realIn(fields, `${name}.outliers.grid`) });
    expect(largestDifference(moved, realIn(fields, `${name}.outliers.relocated_grid`))).toBeLessThan(1e-10);
  });

  testWithGoldenNpz(meshes, `${name}: 300 points of one density along the Hilbert curve`, (fields) => {
    const adaptImage = realIn(fields, `${name}.adapt_data`);
    const points = hilbertImageMesh({ mask, adaptImage, pixels: 300, edgePoints: 0 });
    expect(largestDifference(points, realIn(fields, `${name}.hilbert_300_p0.0_f0.0`))).toBeLessThan(1e-10);
  });

  testWithGoldenNpz(meshes, `${name}: the circle after them`, (fields) => {
    const adaptImage = realIn(fields, `${name}.adapt_data`);
    const { data } = hilbertImageMesh({ mask, adaptImage, pixels: 300 });
    const theirs = realIn(fields, `${name}.hilbert_300_p3.5_f0.01_circle30`).data.subarray(600);
    expect(furthest(data.subarray(600), [...theirs])).toBeLessThan(1e-10);
  });

  for (const lens of ['A', 'C']) {
    testWithGoldenNpz(meshes, `${name}: uniform rectangle of lens ${lens}`, (fields) => {
      const grid = realIn(fields, `${name}.${lens}.traced_grid`);
      const mapper = rectangularMapper({ shape: [9, 12], grid });
      expect(mappingDifference(fields, `${name}.${lens}.rectuniform_9x12`, mapper)).toBeLessThan(1e-10);
      const zeroed = requireField(fields, `${name}.${lens}.rectuniform_9x12.zeroed_pixels`, 'index').data;
      expect([...(mapper.zeroedPixels?.data ?? [])]).toEqual([...zeroed]);
    });

    testWithGoldenNpz(meshes, `${name}: rectangle by ranks of lens ${lens}, its rows not mirrored`, (fields) => {
      const grid = realIn(fields, `${name}.${lens}.traced_grid`);
      const mapper = adaptiveRectangularMapper({ shape: [30, 30], grid, cdf: 'rank' });
      const mesh = `${name}.${lens}.rectadaptdensity_30x30`;
      expect(mappingDifference(fields, mesh, mapper, [2, 3, 0, 1])).toBeLessThan(1e-10);
    });
  }
}

// With an adapt image what is drawn depends on how Qhull halves squares of pixels, which rounding decides: see
// qhullDiagonals.ts. Given its halves, the rest is the same.
for (const [power, floor, pixels] of [
  [3.5, 0.01, 300],
  [1, 0.2, 500],
] as const) {
  testWithGoldenNpz(meshes, `sma: ${pixels} points that follow an image over the triangles of Qhull`, (fields) => {
    const image = realIn(fields, 'sma.adapt_data').data;
    const curve = curveWithin({ centre: [0, 0], innerRadius: 0, outerRadius: 3 });
    const values = overTriangles(image, curve);
    const points = drawAlong(curve, weightsOf(values, floor, power), pixels);
    const theirs = realIn(fields, `sma.hilbert_${pixels}_p${power.toFixed(1)}_f${floor}`);
    expect(furthest(points, [...theirs.data])).toBeLessThan(1e-10);
  });
}

function overTriangles(slim: Float64Array, points: Float64Array): Float64Array {
  const native = new Float64Array(10000);
  let at = 0;
  masks.sma.mask.data.forEach((masked, pixel) => {
    if (masked === 0) native[pixel] = slim[at++];
  });
  return Float64Array.from({ length: points.length / 2 }, (_, k) => {
    const down = 49.5 - points[2 * k] / 0.2;
    const right = 49.5 + points[2 * k + 1] / 0.2;
    const [row, column] = [Math.floor(down), Math.floor(right)];
    const [a, b] = [down - row, right - column];
    const [v00, v01] = [native[100 * row + column], native[100 * row + column + 1]];
    const [v10, v11] = [native[100 * row + column + 100], native[100 * row + column + 101]];
    if (qhullDiagonals(row, column)) {
      return a >= b ? v00 + (v10 - v00) * a + (v11 - v10) * b : v00 + (v01 - v00) * b + (v11 - v01) * a;
    }
    return a + b <= 1 ? v00 + (v10 - v00) * a + (v01 - v00) * b : v11 + (v01 - v11) * (1 - a) + (v10 - v11) * (1 - b);
  });
}

function realIn(fields: Fields, name: string): NdArray<'real'> {
  return requireField(fields, name, 'real');
}

/** How far apart the rows of two mapping matrices are; `lanes` names which golden weight goes with which mapping. */
function mappingDifference(fields: Fields, mesh: string, mapper: Mapper, lanes = [0, 1, 2, 3]): number {
  const mappings = requireField(fields, `${mesh}.mappings`, 'index');
  const weights = realIn(fields, `${mesh}.weights`);
  const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: ours } = mapper;
  expect(indexes.shape).toEqual(mappings.shape);
  let most = 0;
  for (let row = 0; row < mappings.shape[0]; row++) {
    const difference = new Map<number, number>();
    const add = (pixel: number, weight: number) => difference.set(pixel, (difference.get(pixel) ?? 0) + weight);
    for (let slot = 0; slot < 4; slot++) {
      add(mappings.data[4 * row + slot], weights.data[4 * row + lanes[slot]]);
      add(indexes.data[4 * row + slot], -ours.data[4 * row + slot]);
    }
    for (const value of difference.values()) most = Math.max(most, Math.abs(value));
  }
  return most;
}
