/** The sparse mapping matrix T (M, S): its parameters, what they must fulfil together, and its non-zeros. */
import type { NdArray } from '../arrays.js';
import type { Measure, Requirement, Violation } from '../descriptor.js';
import { array, size, sizeWithDefault } from '../params.js';

const pixIndexesForSubSlimIndex = array(
  'index',
  ['M', 'B'],
  'source pixels that an image pixel maps to; -1 ends a row and only pads; duplicates add up',
  { values: { from: -1, below: 'S' } },
);

const pixWeightsForSubSlimIndex = array(
  'real',
  ['M', 'B'],
  'interpolation weights of the mappings; may be negative or above 1; ignored where the index is -1',
  { values: 'withRequirement' },
);

const upstream = ['pixels', 'pix_pixels'];

/** The three parameters of a sparse mapping over the image pixels. */
export const sparseMapping = {
  pixIndexesForSubSlimIndex,
  pixWeightsForSubSlimIndex,
  pixels: size('S', 'number of source pixels', { upstream }),
};

/** The same beside a regularization, which tells the number of source pixels. */
export const sparseMappingOfMesh = {
  ...sparseMapping,
  pixels: sizeWithDefault('S', 'number of source pixels; default: as many as the regularization has', 'S', {
    upstream,
  }),
};

export interface MappingArrays {
  readonly pixIndexesForSubSlimIndex: NdArray<'index'>;
  readonly pixWeightsForSubSlimIndex: NdArray<'real'>;
}

/** -1 only pads, and the weights in use are finite. */
export const paddedRows: Requirement<MappingArrays> = {
  over: ['pixIndexesForSubSlimIndex', 'pixWeightsForSubSlimIndex'],
  check({ pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights }) {
    const [rows, width] = indexes.shape;
    for (let row = 0; row < rows; row++) {
      let ended = false;
      for (let at = row * width; at < (row + 1) * width; at++) {
        if (indexes.data[at] < 0) ended = true;
        else if (ended) return entryAfterPadding(row, at - row * width, indexes.data[at]);
        else if (!Number.isFinite(weights.data[at])) return badWeight(row, at - row * width, weights.data[at]);
      }
    }
    return undefined;
  },
};

/** Whether every image pixel maps to a source pixel with a weight: all that T^t multiplies then enters the product. */
export function mapsEverywhere({
  pixIndexesForSubSlimIndex: { data: indexes, shape },
  pixWeightsForSubSlimIndex: { data: weights },
}: MappingArrays): boolean {
  const [rows, width] = shape;
  for (let row = 0; row < rows; row++) {
    const at = row * width;
    if (width === 0 || indexes[at] < 0 || weights[at] === 0) return false;
  }
  return true;
}

/** The number of entries of T that are listed. */
export const nonZeros: Measure<MappingArrays> = {
  doc: 'listed entries of the sparse mapping matrix',
  of: ({ pixIndexesForSubSlimIndex: indexes }) => {
    let count = 0;
    for (let at = 0; at < indexes.data.length; at++) if (indexes.data[at] >= 0) count++;
    return count;
  },
};

function entryAfterPadding(row: number, column: number, value: number): Violation {
  return {
    code: 'IndexOutOfRange',
    argument: 'pixIndexesForSubSlimIndex',
    what: `row ${row} has a valid entry after a -1`,
    expected: '-1 up to the end of the row',
    actual: `${value} at [${row}, ${column}]`,
    remedy: 'move the -1 padding to the end of the row',
  };
}

export function badWeight(row: number, column: number, value: number): Violation {
  return {
    code: 'InvalidValue',
    argument: 'pixWeightsForSubSlimIndex',
    what: 'a weight in use is not a finite number',
    expected: 'a finite number',
    actual: `${value} at [${row}, ${column}]`,
    remedy: 'correct the interpolation weights',
  };
}
