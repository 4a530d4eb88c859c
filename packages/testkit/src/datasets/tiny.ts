/** Two problems small enough to read, alike in every size and different in every value. */

import type { TestDataset } from './dataset.js';
import { type Problem, problemFields } from './problem.js';

/** Ten pixels, seven visibilities, five source pixels; duplicate, negative and large weights, and an empty row. */
export const tinyProblem: Problem = {
  mask: ['.##.', '####', '###.', '.#..'],
  pixelScale: 0.15,
  origin: [0.31, -0.23],
  uv: [
    [-155636.46, 471376.91],
    [86903.22, 51155.58],
    [-663488.41, 4141.28],
    [555028.28, 470167.75],
    [1541607.5, -993541.8],
    [-9327.66, -952129.06],
    [2210.5, 33804.25],
  ],
  data: [
    [1.7, -0.4],
    [-0.9, 2.2],
    [0.35, 0.8],
    [-1.25, -1.5],
    [2.6, 0.15],
    [0.05, -0.65],
    [1.1, 1.9],
  ],
  // Real and imaginary parts differ: a kernel that takes one for the other must not get away with it.
  noise: [
    [0.8, 0.9],
    [1.1, 1.3],
    [0.6, 0.7],
    [1.45, 1.2],
    [0.95, 1.05],
    [0.75, 0.5],
    [1.3, 0.85],
  ],
  rows: [
    [
      [0, 0.6],
      [1, 0.4],
    ],
    [
      [1, 0.3],
      [1, 0.5],
      [2, 0.2],
    ],
    [
      [0, 1.2],
      [2, -0.2],
    ],
    [[3, 1]],
    [],
    [
      [4, 0.25],
      [3, 0.35],
      [2, 0.4],
    ],
    [
      [2, 0.1],
      [4, 0.9],
    ],
    [[0, 1]],
    [
      [1, 0.7],
      [3, 0.3],
    ],
    [
      [4, 1 / 3],
      [0, 1 / 3],
      [1, 1 / 3],
    ],
  ],
  width: 3,
  pixels: 5,
  edges: [
    [0, 1],
    [1, 2],
    [0, 2],
    [2, 3],
    [3, 4],
  ],
  slots: 4,
  coefficient: 0.7,
  // Rectangular in shape and pixels, off centre, and with pixels exactly on the circle.
  circle: { shape: [5, 7], scales: [0.5, 0.25], centre: [1, -0.5], radius: 1 },
};

const twinProblem: Problem = {
  mask: ['##..', '.###', '..##', '###.'],
  pixelScale: 0.11,
  origin: [-0.07, 0.42],
  uv: [
    [310022.7, -88417.3],
    [-1204551.2, 760113.9],
    [45872.1, 1150034.6],
    [-7713.4, -20118.8],
    [931177.6, 214402.5],
    [-402265.9, -655870.1],
    [128064.3, 9921.7],
  ],
  data: [
    [-0.6, 1.4],
    [2.05, 0.3],
    [0.9, -1.1],
    [-1.8, 0.45],
    [0.2, 2.3],
    [1.35, -0.75],
    [-0.15, -0.95],
  ],
  noise: [
    [1.2, 1.15],
    [0.7, 0.65],
    [0.9, 1.4],
    [1.05, 0.8],
    [0.55, 0.6],
    [1.35, 1.1],
    [0.85, 0.95],
  ],
  rows: [
    [[2, 1]],
    [
      [0, 0.5],
      [4, 0.5],
    ],
    [
      [3, 0.8],
      [1, 0.15],
      [0, 0.05],
    ],
    [],
    [
      [1, -0.3],
      [2, 1.3],
    ],
    [
      [4, 0.45],
      [4, 0.45],
      [3, 0.1],
    ],
    [[1, 0.9]],
    [
      [0, 0.2],
      [3, 0.8],
    ],
    [
      [2, 0.55],
      [1, 0.25],
      [4, 0.2],
    ],
    [[3, 1.1]],
  ],
  width: 3,
  pixels: 5,
  edges: [
    [0, 4],
    [4, 1],
    [1, 3],
    [3, 0],
  ],
  slots: 4,
  coefficient: 1.3,
  circle: { shape: [5, 7], scales: [0.3, 0.7], centre: [0.1, -0.2], radius: 1.13 },
};

export const tiny: TestDataset = { name: 'tiny', doc: 'small enough to read', fields: problemFields(tinyProblem) };

/** Whatever mixes arguments of both is still a valid problem. */
export const tinyTwin: TestDataset = {
  name: 'tiny-twin',
  doc: 'sizes as tiny, all values different',
  fields: problemFields(twinProblem),
};
