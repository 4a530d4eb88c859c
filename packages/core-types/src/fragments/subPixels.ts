/** What the sub-pixel arguments of the mapping matrix must fulfil together. */
import type { NdArray } from '../arrays.js';
import type { Requirement, Violation } from '../descriptor.js';
import { badWeight, type MappingArrays } from './sparseMapping.js';

interface SubPixelMapping extends MappingArrays {
  readonly pixSizeForSubSlimIndex?: NdArray<'index'> | undefined;
  readonly slimIndexForSubSlimIndex?: NdArray<'index'> | undefined;
  readonly totalMaskPixels: number;
  readonly pixels: number;
}

/** Without slimIndexForSubSlimIndex every sub-pixel is an image pixel of its own. */
export const fittingSubPixels: Requirement<SubPixelMapping> = {
  over: ['slimIndexForSubSlimIndex', 'totalMaskPixels', 'pixIndexesForSubSlimIndex'],
  check({ slimIndexForSubSlimIndex }, { Msub, M }) {
    if (slimIndexForSubSlimIndex !== undefined || Msub <= M) return undefined;
    return {
      code: 'MissingArgument',
      argument: 'slimIndexForSubSlimIndex',
      what: 'there are more sub-pixels than image pixels',
      expected: `at most ${M} sub-pixels`,
      actual: `${Msub}`,
      remedy: 'say which image pixel each sub-pixel belongs to',
    };
  },
};

/** Entries in use are source pixels with finite weights; without sizes, -1 only pads. */
export const usedEntries: Requirement<SubPixelMapping> = {
  over: ['pixIndexesForSubSlimIndex', 'pixSizeForSubSlimIndex', 'pixWeightsForSubSlimIndex', 'pixels'],
  check(
    { pixIndexesForSubSlimIndex: indexes, pixSizeForSubSlimIndex: sizes, pixWeightsForSubSlimIndex: weights },
    { S },
  ) {
    const [rows, width] = indexes.shape;
    for (let row = 0; row < rows; row++) {
      const used = sizes?.data[row] ?? width;
      let ended = false;
      for (let b = 0; b < used; b++) {
        const pixel = indexes.data[row * width + b];
        if (pixel === -1 && sizes === undefined) ended = true;
        else if (pixel < 0 || pixel >= S || ended) return badPixel(row, b, pixel, S, ended);
        else if (!Number.isFinite(weights.data[row * width + b]))
          return badWeight(row, b, weights.data[row * width + b]);
      }
    }
    return undefined;
  },
};

function badPixel(row: number, column: number, pixel: number, S: number, ended: boolean): Violation {
  return {
    code: 'IndexOutOfRange',
    argument: 'pixIndexesForSubSlimIndex',
    what: ended ? `row ${row} has a valid entry after a -1` : 'an entry in use is not a source pixel',
    expected: ended ? '-1 up to the end of the row' : `0 to ${S - 1}`,
    actual: `${pixel} at [${row}, ${column}]`,
    remedy: 'pad rows with -1 at their end only, and count only valid entries in pixSizeForSubSlimIndex',
  };
}
