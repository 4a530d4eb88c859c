import { WtildeError } from '@wtilde/core-types';

/** The sub-pixels and what they map to; M' sub-pixels, M image pixels, S source pixels, B slots. */
export interface SubPixelMapping {
  /** (M', B). */
  readonly indexes: Int32Array;
  /** (M', B). */
  readonly weights: Float64Array;
  /** M'. */
  readonly subPixels: number;
  /** S. */
  readonly pixels: number;
  /** M. */
  readonly imagePixels: number;
  /** (M'): entries in use per row; default those before the first -1. */
  readonly sizes?: Int32Array | undefined;
  /** (M'): the image pixel of each sub-pixel; default the sub-pixel itself. */
  readonly slimIndexes?: Int32Array | undefined;
  /** (M): the weight of a sub-pixel of each image pixel; default 1. */
  readonly subFraction?: Float64Array | undefined;
}

/**
 * The mapping matrix T[slim(i), indexes[i, b]] += subFraction[slim(i)] weights[i, b], b < sizes(i).
 *
 * M' B additions into M S zeros.
 *
 * @param out (M, S), overwritten; new when left out
 * @throws IndexOutOfRange for an entry in use that is no source pixel (a -1 among the entries that
 *   `sizes` counts, too) and for a sub-pixel of no image pixel
 */
export function mappingMatrix(mapping: SubPixelMapping, out?: Float64Array): Float64Array {
  const { indexes, weights, subPixels, pixels, imagePixels, sizes, slimIndexes, subFraction } = mapping;
  const slots = subPixels === 0 ? 0 : indexes.length / subPixels;
  // A new array is zero, and pages of it that are never written cost nothing.
  const matrix = out?.fill(0) ?? new Float64Array(imagePixels * pixels);
  for (let subPixel = 0; subPixel < subPixels; subPixel++) {
    const row = slimIndexes === undefined ? subPixel : slimIndexes[subPixel];
    if (!(row >= 0 && row < imagePixels)) throw outside('slimIndexForSubSlimIndex', subPixel, row, imagePixels);
    const fraction = subFraction === undefined ? 1 : subFraction[row];
    const first = subPixel * slots;
    const end = first + (sizes === undefined ? slots : sizes[subPixel]);
    for (let slot = first; slot < end; slot++) {
      const column = indexes[slot];
      if (column === -1 && sizes === undefined) break;
      if (!(column >= 0 && column < pixels)) throw outside('pixIndexesForSubSlimIndex', subPixel, column, pixels);
      matrix[row * pixels + column] += fraction * weights[slot];
    }
  }
  return matrix;
}

function outside(argument: string, row: number, index: number, below: number): WtildeError {
  return new WtildeError('IndexOutOfRange', {
    what: 'an index in use points nowhere',
    where: `${argument}, row ${row}`,
    expected: `0 to ${below - 1}`,
    actual: `${index}`,
    remedy: 'pad with -1 only behind the entries in use, and pass sizes that belong to the indexes',
  });
}
