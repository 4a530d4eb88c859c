/** A small interferometer observation of a source on a rectangular mesh, with phases as large as real ones. */
import { createReferenceBackend } from '@wtilde/backend-reference';
import { complex, index, type KernelArgs, radiansPerPixel, real } from '@wtilde/core-types';
import { normal, seeded } from './random.js';

export type Scene = ReturnType<typeof makeScene>;

export function makeScene(seed: number, { side = 8, meshSide = 3, visibilities = 40, coefficient = 1 } = {}) {
  const random = seeded(seed);
  const gauss = normal(random);
  const { kernels } = createReferenceBackend();
  const pixelScale = 0.1;
  const pixel = radiansPerPixel(pixelScale);
  const centre = (side - 1) / 2;

  const native: number[] = [];
  const grid: number[] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      if (Math.hypot(row - centre, column - centre) > side / 2) continue;
      native.push(row, column);
      grid.push(-(row - centre) * pixel, (column - centre) * pixel);
    }
  }
  const M = native.length / 2;
  const S = meshSide ** 2;

  // Bilinear weights of a point of the mesh that moves smoothly over the image.
  const indexes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < M; i++) {
    const at = [0, 1].map((axis) => {
      const place = native[2 * i + axis] / (side - 1);
      return Math.min(meshSide - 1.001, Math.max(0, (place + 0.1 * gauss()) * (meshSide - 1)));
    });
    const [row, column] = at.map(Math.floor);
    const [y, x] = [at[0] - row, at[1] - column];
    const corner = row * meshSide + column;
    indexes.push(corner, corner + 1, corner + meshSide, corner + meshSide + 1);
    weights.push((1 - y) * (1 - x), (1 - y) * x, y * (1 - x), y * x);
  }

  const lists: number[] = [];
  const counts: number[] = [];
  for (let row = 0; row < meshSide; row++) {
    for (let column = 0; column < meshSide; column++) {
      const near = [
        [row - 1, column],
        [row + 1, column],
        [row, column - 1],
        [row, column + 1],
      ].filter(([r, c]) => r >= 0 && c >= 0 && r < meshSide && c < meshSide);
      counts.push(near.length);
      for (let slot = 0; slot < 4; slot++)
        lists.push(slot < near.length ? near[slot][0] * meshSide + near[slot][1] : -1);
    }
  }

  const reach = 0.5 / pixel / 3;
  const uvWavelengths = real(
    Float64Array.from({ length: 2 * visibilities }, () => reach * gauss()),
    [visibilities, 2],
  );
  const gridRadiansSlim = real(grid, [M, 2]);
  const sparse = {
    pixIndexesForSubSlimIndex: index(indexes, [M, 4]),
    pixWeightsForSubSlimIndex: real(weights, [M, 4]),
    pixels: S,
  };
  const noiseMapReal = real(Float64Array.from({ length: visibilities }, () => 0.5 + random()));
  const noiseMap = complex(Float64Array.from({ length: 2 * visibilities }, (_, i) => noiseMapReal.data[i >> 1]));
  const source = real(
    Float64Array.from({ length: S }, () => 3 * random() ** 3),
    [S, 1],
  );
  const image = real(
    Float64Array.from({ length: M }, (_, i) =>
      [0, 1, 2, 3].reduce((sum, b) => sum + weights[4 * i + b] * source.data[indexes[4 * i + b]], 0),
    ),
  );
  const model = kernels.visibilitiesFrom({ image, uvWavelengths, gridRadiansSlim });
  const data = complex(model.data.map((value, i) => value + noiseMap.data[i] * gauss()));
  const nativeIndexForSlimIndex = index(native, [M, 2]);
  const mesh = { neighbors: index(lists, [S, 4]), neighborsSizes: index(counts), coefficient };
  const dirtyImage = kernels.dirtyImageInterferometerFrom({ data, noiseMap, uvWavelengths, gridRadiansSlim });
  const baselines = { gridSize: side, noiseMapReal, uvWavelengths, pixelScale };
  const wCompact = kernels.wCompactCurvatureInterferometerFrom(baselines);
  const evidence: KernelArgs<'logLikelihoodFunctionViaWCompactFrom'> = {
    wCompact,
    nativeIndexForSlimIndex,
    dirtyImage,
    data,
    noiseMap,
    ...sparse,
    ...mesh,
  };
  return { baselines, evidence, sparse, mesh, wCompact, nativeIndexForSlimIndex, dirtyImage, data, noiseMap };
}
