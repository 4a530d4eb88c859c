/** What makes a shortcut look right on everything else: sizes alike, pixels square, noise near one. */
import { index, type KernelName, type NdArray, radiansPerPixel, real } from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import type { TestDataset } from './dataset.js';
import { problemFields } from './problem.js';
import { sizedFields } from './sizedFields.js';
import { tinyProblem } from './tiny.js';

const tiny = problemFields(tinyProblem);

/** Every symbol, so that any two of them are alike. */
const alike = { K: 5, M: 5, N: 5, Ny: 5, Nx: 5, Gy: 5, Gx: 5, S: 5, B: 5, P: 5, S2: 5 };

const equalSizes: TestDataset = {
  name: 'equal-sizes',
  doc: 'every size is 5: nothing is told by its shape',
  fields: sizedFields(alike, 'equal-sizes'),
};

const equalSubPixels: TestDataset = {
  name: 'equal-sub-pixels',
  doc: 'as many sub-pixels as pixels, in another order',
  kernels: ['mappingMatrixFrom'],
  fields: sizedFields({ ...alike, Msub: 5 }, 'equal-sub-pixels'),
};

const overPositions: readonly KernelName[] = [
  'wTildeDataInterferometerFrom',
  'wTildeCurvatureInterferometerFrom',
  'dirtyImageInterferometerFrom',
  'visibilitiesFrom',
];

/** The positions of `tiny`, moved. */
function moved(name: string, doc: string, move: (position: number, lane: number) => number): TestDataset {
  const { data, shape } = tiny.grid_radians_slim;
  const grid = real(Float64Array.from(data, move), shape);
  return { name, doc, kernels: overPositions, fields: { ...tiny, grid_radians_slim: grid } };
}

const oblongPixels = moved('oblong-pixels', 'a lattice whose pixels are taller than wide', (position, lane) =>
  lane % 2 === 0 ? 1.7 * position : position,
);

/** Far less than a pixel, and far more than the rounding of one. */
const nearly = 2e-5 * radiansPerPixel(tinyProblem.pixelScale);
const jitter = createRandom('nearly-a-lattice');

const nearlyALattice = moved(
  'nearly-a-lattice',
  'a lattice in its outermost points, off it by 2e-5 of a pixel within',
  (position, lane) => position + (isOutermost(tiny.grid_radians_slim, lane) ? 0 : nearly * (jitter.uniform() - 0.5)),
);

function isOutermost({ data, shape: [count] }: NdArray, lane: number): boolean {
  const coordinates = Array.from({ length: count }, (_, at) => data[2 * at + (lane % 2)]);
  const pixel = lane >> 1;
  const isExtreme = data[lane] === Math.min(...coordinates) || data[lane] === Math.max(...coordinates);
  return isExtreme || pixel === 0 || pixel === count - 1;
}

const overNoise: readonly KernelName[] = [
  'wTildeDataInterferometerFrom',
  'wTildeCurvatureInterferometerFrom',
  'wTildeCurvaturePreloadInterferometerFrom',
  'wCompactCurvatureInterferometerFrom',
  'dirtyImageInterferometerFrom',
  'noiseNormalizationComplexFrom',
  'chiSquared0From',
  'logLikelihoodFunctionViaWTildeFrom',
  'logLikelihoodFunctionViaWCompactFrom',
  'logLikelihoodFunctionViaPreloadFrom',
];

const sized = sizedFields({ ...alike, K: 40 }, 'faint');
const fainter = ({ dtype, shape, data }: NdArray): NdArray => ({ dtype, shape, data: data.map((x) => 1e-12 * x) });

const faint: TestDataset = {
  name: 'faint',
  doc: 'data and noise of 1e-12: products of many underflow',
  kernels: overNoise,
  // The regularization keeps its share: F grows by the square of what the noise shrinks by.
  fields: { ...sized, data: fainter(sized.data), noise_map: fainter(sized.noise_map), coefficient: real([7e11], []) },
};

/** 13 = 2^2 + 3^2 is beyond the square of this radius by its rounding, though its root is not beyond the radius. */
const rim: TestDataset = {
  name: 'rim',
  doc: 'pixels whose distance and radius round to the same number and whose squares do not',
  kernels: ['mask2dCircularFrom'],
  fields: {
    shape_native: index([9, 9]),
    pixel_scales: real([1, 1]),
    centre: real([0, 0]),
    radius: real([Math.sqrt(13)], []),
  },
};

export const coincidences: readonly TestDataset[] = [
  equalSizes,
  equalSubPixels,
  oblongPixels,
  nearlyALattice,
  faint,
  rim,
];
