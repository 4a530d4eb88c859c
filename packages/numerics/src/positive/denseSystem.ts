import { factorPacked } from '../cholesky/factorPacked.js';
import { packedIndex, packedLength } from '../cholesky/packedTriangle.js';
import { pixelBasis } from '../evidence/sourceBasis.js';
import { STRIP, stripCount } from '../strips/stripProduct.js';
import type { PositiveSystem } from './positiveSystem.js';
import { relaxed } from './relax.js';
import { supportFactor } from './supportFactor.js';

/**
 * A system whose A (S, S) stands there row by row; only the lower triangle is read.
 *
 * @param factor factors a support; without it in a workspace of S^2 / 2 numbers of its own
 */
export function denseSystem(
  matrix: Float64Array,
  dataVector: Float64Array,
  factor: PositiveSystem['factor'] = factorIn(matrix, dataVector.length),
): PositiveSystem {
  const order = dataVector.length;
  return {
    order,
    dataVector,
    diagonal: Float64Array.from({ length: order }, (_, i) => matrix[i * order + i]),
    residual: (s) => residualOf(matrix, dataVector, s),
    relax: (s, free) => relaxed(matrix, dataVector, s, free),
    elements: (pixel, columns) => elementsOf(order, matrix, pixel, columns),
    factor,
  };
}

function factorIn(matrix: Float64Array, order: number): PositiveSystem['factor'] {
  const workspace = new Float64Array(packedLength(order));
  return (pixels) => {
    const packed = workspace.subarray(0, packedLength(pixels.length));
    packSupport(order, matrix, pixels, packed);
    const diagonal = Float64Array.from(pixels, (pixel) => matrix[pixel * order + pixel]);
    factorPacked(packed, pixels.length);
    return supportFactor({ order: pixels.length, packed }, pixelBasis, diagonal);
  };
}

/** The elements in a row and some columns of a symmetric matrix, from its lower triangle. */
function elementsOf(order: number, matrix: Float64Array, row: number, columns: Int32Array): Float64Array {
  const elements = new Float64Array(columns.length);
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at];
    elements[at] = column <= row ? matrix[row * order + column] : matrix[column * order + row];
  }
  return elements;
}

/** D - A s from the lower triangle of A. 2 S^2 operations. */
function residualOf(matrix: Float64Array, dataVector: Float64Array, s: Float64Array): Float64Array {
  const order = dataVector.length;
  const residual = Float64Array.from(dataVector);
  for (let i = 0; i < order; i++) {
    const row = matrix.subarray(i * order, i * order + i + 1);
    const own = s[i];
    let sum = row[i] * own;
    if (own === 0) for (let j = 0; j < i; j++) sum += row[j] * s[j];
    else {
      for (let j = 0; j < i; j++) {
        sum += row[j] * s[j];
        residual[j] -= row[j] * own;
      }
    }
    residual[i] -= sum;
  }
  return residual;
}

/** Packs the rows and columns of some pixels, which rise, from the lower triangle of a row-major (S, S) matrix. */
function packSupport(order: number, matrix: Float64Array, pixels: Int32Array, packed: Float64Array): void {
  packed.fill(0);
  for (let row = 0; row < pixels.length; row++) {
    const from = pixels[row] * order;
    let to = packedIndex(row, 0);
    for (let column = 0; column <= row; column++, to += STRIP) packed[to] = matrix[from + pixels[column]];
  }
  for (let row = pixels.length; row < STRIP * stripCount(pixels.length); row++) packed[packedIndex(row, row)] = 1;
}
