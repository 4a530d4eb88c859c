/** What ordinary data never show. */
import { index, type NdArray, radiansPerPixel, real } from '@wtilde/core-types';
import { createRandom } from '@wtilde/data';
import type { TestDataset } from './dataset.js';
import { mappingFields, type Problem, problemFields } from './problem.js';
import { tinyProblem } from './tiny.js';

/** The problem of `tiny` with something changed. */
function variant(name: string, doc: string, change: Partial<Problem>): TestDataset {
  return { name, doc, fields: problemFields({ ...tinyProblem, ...change }) };
}

const oneSourcePixel = variant('one-source-pixel', 'S = 1, without neighbours', {
  rows: tinyProblem.rows.map((row) => row.map(([, weight]) => [0, weight])),
  pixels: 1,
  edges: [],
  slots: 1,
});

const oneImagePixel = variant('one-image-pixel', 'M = N = 1', {
  mask: ['#'],
  rows: [
    [
      [3, 0.75],
      [1, 0.25],
    ],
  ],
});

const oneVisibility = variant('one-visibility', 'K = 1', {
  uv: tinyProblem.uv.slice(4, 5),
  data: tinyProblem.data.slice(4, 5),
  noise: tinyProblem.noise.slice(4, 5),
});

const unmapped = variant('unmapped', 'all rows of the mapping are -1', { rows: tinyProblem.rows.map(() => []) });

const repeatedBaselines = variant('repeated-baselines', 'zero and repeated uv', {
  uv: [
    [0, 0],
    [0, 0],
    [-663488.41, 0],
    [-663488.41, 0],
    [0, 470167.75],
    [663488.41, 0],
    [1541607.5, -993541.8],
  ],
});

const emptyColumn = variant('empty-column', 'a source pixel that nothing maps to', {
  rows: tinyProblem.rows.map((row) => row.map(([pixel, weight]) => [pixel === 2 ? 3 : pixel, weight])),
});

const rankDeficient = variant('rank-deficient', 'more source pixels than the rank of F', {
  mask: ['##', '#.'],
  rows: [
    [
      [0, 0.5],
      [7, 0.3],
      [3, 0.2],
    ],
    [
      [5, 0.9],
      [1, 0.1],
    ],
    [
      [6, 0.4],
      [2, 0.6],
    ],
  ],
  pixels: 8,
  edges: Array.from({ length: 7 }, (_, pixel) => [pixel, pixel + 1]),
  slots: 2,
});

const components = variant('components', 'a mesh in three pieces, one of them a single pixel', {
  edges: [
    [0, 1],
    [2, 3],
  ],
  slots: 1,
});

const rectangular = variant('rectangular', 'a box of 3 x 5 pixels', {
  mask: ['##.##', '#####', '.#...'],
});

const tall = variant('tall', 'a box of 5 x 3 pixels', { mask: ['.#.', '##.', '###', '.##', '##.'] });

const longBaselines = variant('long-baselines', 'baselines to 2e7 wavelengths', {
  uv: tinyProblem.uv.map(([u, v]) => [u * 12.987, v * 12.987]),
  pixelScale: 0.2,
});

const fullMapping = variant('full-mapping', 'many image pixels per source pixel', {
  mask: ['#######', '#######', '######.', '#######', '.######'],
  rows: Array.from({ length: 33 }, (_, pixel) => [
    [pixel % 3, 0.5 + pixel / 64],
    [(pixel + 1) % 3, 0.5 - pixel / 64],
  ]),
  pixels: 3,
  edges: [
    [0, 1],
    [1, 2],
  ],
  slots: 2,
});

/** Eight sub-pixels in three image pixels; an entry beyond its row's size, which must not count. */
const subPixels: TestDataset = {
  name: 'sub-pixels',
  doc: 'sub-pixels with fractions, rows of different size, out of order',
  kernels: ['mappingMatrixFrom'],
  fields: {
    ...mappingFields(
      [
        [
          [0, 0.3],
          [1, 0.7],
        ],
        [[2, 1]],
        [
          [3, 0.2],
          [0, 0.3],
          [2, 0.5],
        ],
        [],
        [
          [1, 0.45],
          [1, 0.55],
        ],
        [[3, 1.4]],
        [
          [2, -0.1],
          [0, 1.1],
        ],
        [
          [0, 0.9],
          [3, 0.1],
        ],
      ],
      3,
      4,
    ),
    pix_size_for_sub_slim_index: index([2, 1, 3, 0, 2, 1, 2, 1]),
    slim_index_for_sub_slim_index: index([1, 0, 0, 2, 2, 1, 2, 0]),
    sub_fraction: real([0.25, 0.7, 1 / 3]),
    total_mask_pixels: index([3], []),
  },
};

/** Points that lie on no regular lattice, which kernels over positions may not take for granted. */
function scatteredGrid(count: number): NdArray<'real'> {
  const random = createRandom('scattered');
  const arcsec = Array.from({ length: 2 * count }, () => random.uniform() - 0.5);
  return real(arcsec.map(radiansPerPixel), [count, 2]);
}

const scattered: TestDataset = {
  name: 'scattered',
  doc: 'image positions on no regular lattice',
  kernels: [
    'wTildeDataInterferometerFrom',
    'wTildeCurvatureInterferometerFrom',
    'dirtyImageInterferometerFrom',
    'visibilitiesFrom',
  ],
  fields: { ...problemFields(tinyProblem), grid_radians_slim: scatteredGrid(10) },
};

export const degenerate: readonly TestDataset[] = [
  oneSourcePixel,
  oneImagePixel,
  oneVisibility,
  unmapped,
  repeatedBaselines,
  emptyColumn,
  rankDeficient,
  components,
  rectangular,
  tall,
  longBaselines,
  fullMapping,
  subPixels,
  scattered,
];
