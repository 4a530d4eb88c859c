/** Shortcuts that are right on ordinary data: on small sizes, unlike sizes, square pixels, moderate numbers. */
import {
  type Arguments,
  type KernelDescriptor,
  latticeOf,
  type NdArray,
  type Param,
  parseDim,
} from '@wtilde/core-types';
import { arrayOf, arrayWith, isHostArray } from '../contract/values.js';
import { rows, transposed } from '../properties/transformations.js';
import { mapArrays, mapNumbers } from './arrays.js';
import { type Mutant, takes, withArguments, withResult } from './mutant.js';
import { ignoredAfter } from './sizes.js';
import { tableMutants } from './tables.js';

const perVisibility = ['uvWavelengths', 'data', 'noiseMap', 'noiseMapReal', 'visibilitiesReal'];
const solved = ['curvatureRegMatrix', 'curvatureMatrix', 'regularizationMatrix'];

export const shortcutMutants: readonly Mutant[] = [
  ignoredAfter('K', 4096),
  ignoredAfter('M', 256),
  ignoredAfter('B', 3),
  ignoredAfter('B', 4),
  ignoredAfter('P', 8),
  ...tableMutants,
  {
    name: 'blocks of the solve after the 192nd row uncoupled',
    affects: takes(...solved),
    spoil: withArguments((args) =>
      mapArrays(args, solved, (matrix) => {
        const size = matrix.shape[0];
        const block = (at: number) => Math.floor(at / 192);
        return mapNumbers(matrix, (value, at) => (block(Math.floor(at / size)) === block(at % size) ? value : 0));
      }),
    ),
  },
  {
    name: 'index kept in 8 bits',
    affects: ({ params }) => Object.values(params).some(isIndex),
    spoil: (kernel) =>
      withArguments((args) =>
        mapArrays(args, namesOf(kernel.descriptor, isIndex), (indices) =>
          mapNumbers(indices, (value) => (value < 0 ? value : value & 255)),
        ),
      )(kernel),
  },
  {
    name: 'columns after the last whole block of 16 left out',
    affects: takes('matrix'),
    spoil: withResult((product) => {
      if (!isHostArray(product) || product.shape[1] <= 16) return product;
      const width = product.shape[1];
      return mapNumbers(product, (value, at) => (at % width < width - (width % 16) ? value : 0));
    }),
  },
  {
    name: 'numbers of neighbours ignored',
    affects: takes('neighborsSizes'),
    spoil: withArguments((args) => {
      const { neighbors } = args;
      if (!isHostArray(neighbors)) return args;
      const [size, slots] = neighbors.shape;
      const isPixel = (row: number) => neighbors.data.subarray(row * slots, (row + 1) * slots).findIndex((j) => j < 0);
      const counts = Array.from({ length: size }, (_, row) => (isPixel(row) < 0 ? slots : isPixel(row)));
      return { ...args, neighborsSizes: arrayOf('index', counts, [size]) };
    }),
  },
  {
    name: 'sub-pixels taken for pixels where there are as many',
    affects: takes('slimIndexForSubSlimIndex'),
    spoil: withArguments((args) =>
      mapArrays(args, ['slimIndexForSubSlimIndex'], (slim) =>
        slim.shape[0] === args.totalMaskPixels ? mapNumbers(slim, (_, at) => at) : slim,
      ),
    ),
  },
  {
    name: 'square matrices read transposed',
    affects: ({ params }) => Object.values(params).some(hasTwoSides),
    spoil: (kernel) =>
      withArguments((args) =>
        mapArrays(args, namesOf(kernel.descriptor, hasTwoSides), (matrix) =>
          matrix.shape[0] === matrix.shape[1] ? transposed(matrix) : matrix,
        ),
      )(kernel),
  },
  {
    name: 'the upper triangle read for the lower one',
    affects: ({ params }) => Object.values(params).some(isTriangle),
    spoil: (kernel) =>
      withArguments((args) => mapArrays(args, namesOf(kernel.descriptor, isTriangle), transposed))(kernel),
  },
  {
    name: 'noise below 1e-6 dropped',
    affects: takes('noiseMap', 'noiseMapReal'),
    spoil: withArguments((args) => {
      const noise = args.noiseMap ?? args.noiseMapReal;
      if (!isHostArray(noise)) return args;
      const lanes = noise.data.length / Math.max(1, noise.shape[0]);
      const all = Array.from({ length: noise.shape[0] }, (_, k) => k);
      const kept = all.filter((k) => Math.abs(noise.data[lanes * k]) >= 1e-6);
      return mapArrays(args, perVisibility, (array) => rows(array, kept));
    }),
  },
  {
    name: 'logarithm of a product of 32',
    affects: ({ name }) => name === 'noiseNormalizationComplexFrom',
    spoil: withResult((sum, { noiseMap }) => (isHostArray(noiseMap) ? logOfProducts(noiseMap) : sum)),
  },
  {
    name: 'distances instead of their squares',
    affects: ({ name }) => name === 'mask2dCircularFrom',
    spoil: withResult((mask, args) => (isHostArray(mask) ? maskByDistance(mask, args) : mask)),
  },
  {
    name: 'a lattice told by its first and last points',
    affects: takes('gridRadiansSlim'),
    spoil: snapping((offsets) => Math.max(offsets[0], offsets[offsets.length - 1]) < 1e-9),
  },
  {
    name: 'a lattice told within 1e-4 of a pixel',
    affects: takes('gridRadiansSlim'),
    spoil: snapping((offsets) => Math.max(...offsets) < 1e-4),
  },
  {
    name: 'pitch taken from one axis',
    affects: takes('gridRadiansSlim'),
    spoil: withArguments((args) =>
      mapArrays(args, ['gridRadiansSlim'], (grid) => {
        const lattice = latticeOf(arrayWith('real', grid));
        if (lattice === undefined || lattice.rows === 1 || lattice.columns === 1) return grid;
        const { y0, row, pitchX } = lattice;
        return mapNumbers(grid, (value, at) => (at % 2 === 0 ? y0 - row[at >> 1] * pitchX : value));
      }),
    ),
  },
];

function namesOf({ params }: KernelDescriptor, is: (param: Param) => boolean): readonly string[] {
  return Object.keys(params).filter((name) => is(params[name]));
}

/** Positions and names of pixels, as against counts. */
function isIndex(param: Param): boolean {
  if (param.kind !== 'array' || param.dtype !== 'index') return false;
  return typeof param.values === 'string' || [param.values.below].flat().every((dim) => parseDim(dim).offset === 0);
}

function isTriangle(param: Param): boolean {
  return param.kind === 'array' && param.triangle === 'lower';
}

/** Matrices whose sides are different symbols. */
function hasTwoSides(param: Param): boolean {
  if (param.kind !== 'array' || param.dims.length !== 2) return false;
  const [first, second] = param.dims.map((dim) => parseDim(dim).symbol);
  return first !== undefined && second !== undefined && first !== second;
}

function logOfProducts({ data }: NdArray): number {
  let sum = 0;
  for (let from = 0; from < data.length; from += 32) {
    const terms = Array.from(data.subarray(from, from + 32), (noise) => 2 * Math.PI * noise ** 2);
    sum += Math.log(terms.reduce((product, term) => product * term, 1));
  }
  return sum;
}

function maskByDistance(mask: NdArray, { pixelScales, radius, centre = [0, 0] }: Arguments): NdArray {
  const [height, width] = mask.shape;
  if (!Array.isArray(pixelScales) || !Array.isArray(centre)) return mask;
  const yc = (height - 1) / 2 - Number(centre[0]) / Number(pixelScales[0]);
  const xc = (width - 1) / 2 + Number(centre[1]) / Number(pixelScales[1]);
  return mapNumbers(mask, (_, at) => {
    const y = (Math.floor(at / width) - yc) * Number(pixelScales[0]);
    const x = ((at % width) - xc) * Number(pixelScales[1]);
    return Math.sqrt(y ** 2 + x ** 2) > Number(radius) ? 1 : 0;
  });
}

/** Points moved to the nearest place of a lattice, where they are thought to be one by how many pixels off it they are. */
function snapping(isLattice: (offsets: readonly number[]) => boolean) {
  return withArguments((args) =>
    mapArrays(args, ['gridRadiansSlim'], (grid) => {
      const axes = [0, 1].map((axis) => axisOf(grid, axis));
      if (!axes.every(({ offsets }) => isLattice(offsets))) return grid;
      return mapNumbers(grid, (value, at) => axes[at % 2].nearest(value));
    }),
  );
}

function axisOf({ data, shape: [count] }: NdArray, axis: number) {
  const values = Array.from({ length: count }, (_, at) => data[2 * at + axis]);
  const inOrder = values.toSorted((a, b) => a - b);
  const [start = 0] = inOrder;
  const extent = (inOrder[count - 1] ?? start) - start;
  const steps = inOrder.slice(1).map((value, at) => value - inOrder[at]);
  // What is less than a thousandth of the whole is no step to the next pixel.
  const step = Math.min(...steps.filter((each) => each > 1e-3 * extent), Number.POSITIVE_INFINITY);
  if (extent === 0) return { offsets: [0], nearest: (value: number) => value };
  const pitch = extent / Math.round(extent / step);
  const nearest = (value: number) => start + Math.round((value - start) / pitch) * pitch;
  return { offsets: values.map((value) => Math.abs(value - nearest(value)) / pitch), nearest };
}
