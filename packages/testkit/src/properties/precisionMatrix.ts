/** Properties of W and of its tables by displacement. */
import type { KernelName, LooseArgs, NdArray } from '@wtilde/core-types';
import { arrayOf } from '../contract/values.js';
import { arrayIn, type Lab, type Property } from './property.js';
import { noisier, transposed } from './transformations.js';

const direct = 'wTildeCurvatureInterferometerFrom';
const compact = 'wCompactCurvatureInterferometerFrom';
const preload = 'wTildeCurvaturePreloadInterferometerFrom';

// W however it is made; the class of the direct sum judges, since tables carry its rounding.
const expanding: readonly KernelName[] = [direct, 'wTildeViaCompactFrom', 'wTildeViaPreloadFrom'];
const symmetric: readonly Property[] = expanding.map((kernel) => ({
  name: `W of ${kernel} is symmetric with the sum of the weights on its diagonal`,
  kernels: [kernel],
  judges: [direct],
  async holds(lab: Lab) {
    const W = arrayIn(await lab.call(kernel, lab.args(kernel)), 'W');
    lab.same(direct, lab.args(direct), transposed(W), W, 'W against its transpose');
    const sum = sumOfWeights(lab.args(direct));
    const size = W.shape[0] + 1;
    const withSum = arrayOf(
      'real',
      Float64Array.from(W.data, (value, at) => (at % size === 0 ? sum : value)),
      W.shape,
    );
    lab.same(direct, lab.args(direct), withSum, W, 'the diagonal of W against the sum of the weights');
  },
}));

const evenCompact: Property = {
  name: 'C[0, n] = C[0, -n]',
  kernels: [compact],
  async holds(lab) {
    const C = arrayIn(await lab.call(compact, lab.args(compact)), 'C');
    const width = C.shape[1];
    const mirrored = Float64Array.from(C.data, (value, at) => (at < width ? C.data[width - 1 - at] : value));
    lab.same(compact, lab.args(compact), arrayOf('real', mirrored, C.shape), C, 'row 0 against itself reversed');
  },
};

const evenPreload: Property = {
  name: 'the preload table is even, and zero where it is never addressed',
  kernels: [preload],
  async holds(lab) {
    const table = arrayIn(await lab.call(preload, lab.args(preload)), 'the table');
    lab.same(preload, lab.args(preload), mirroredTable(table), table, 'the table against its mirror image');
  },
};

const weighted: readonly KernelName[] = [direct, compact, preload];
const noiseScaling: readonly Property[] = weighted.map((kernel) => ({
  name: `three times the noise makes ${kernel} nine times smaller`,
  kernels: [kernel],
  async holds(lab: Lab) {
    const args = lab.args(kernel);
    const W = arrayIn(await lab.call(kernel, args), 'W');
    const expected = arrayOf(
      'real',
      Float64Array.from(W.data, (value) => value / 9),
      W.shape,
    );
    const louder = noisier(args, 3);
    lab.same(kernel, louder, expected, await lab.call(kernel, louder), 'with three times the noise');
  },
}));

const translation: Property = {
  name: 'moving all pixels together leaves W alone',
  kernels: [direct],
  async holds(lab) {
    const args = lab.args(direct);
    const grid = arrayIn(args.gridRadiansSlim, 'the grid');
    // A power of two, so that the moved positions carry no rounding of their own.
    const shift = 2 ** -20;
    const data = Float64Array.from(grid.data, (position) => position + shift);
    const moved = { ...args, gridRadiansSlim: arrayOf('real', data, grid.shape) };
    lab.same(direct, moved, await lab.call(direct, args), await lab.call(direct, moved), 'with all pixels moved');
  },
};

export const precisionMatrixProperties: readonly Property[] = [
  ...symmetric,
  evenCompact,
  evenPreload,
  ...noiseScaling,
  translation,
];

function sumOfWeights(args: LooseArgs): number {
  return Array.from(arrayIn(args.noiseMapReal, 'the noise').data).reduce((sum, noise) => sum + noise ** -2, 0);
}

/** The table with every displacement replaced by its opposite, row Ny and column Nx by zeros. */
function mirroredTable({ shape, data }: NdArray): NdArray {
  const [height, width] = shape;
  const mirrored = Float64Array.from(data, (_, at) => {
    const [row, column] = [Math.floor(at / width), at % width];
    if (2 * row === height || 2 * column === width) return 0;
    return data[((height - row) % height) * width + ((width - column) % width)];
  });
  return arrayOf('real', mirrored, shape);
}
