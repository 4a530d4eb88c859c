import { type NdArray, real } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { pullBarycentric } from './barycentric.js';
import type { Mapper } from './mapper.js';
import type { PlaceDerivatives } from './naturalAdjoint.js';

/**
 * The derivatives of a function by the places of vertices and image pixels, from those by the weights that
 * `delaunayMapper` made of them.
 *
 * Exact while no edge flips and no pixel leaves its triangle; the weights jump at flips, which no derivative shows. Of
 * pixels outside the hull, whose weight is 1 wherever they are, it is zero.
 *
 * Cost: O(S + M).
 *
 * @throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch
 */
export function delaunayAdjoint(given: {
  readonly mapper: Mapper;
  /** (M, 2) as the mapper was made with it. */
  readonly grid: NdArray<'real'>;
  /** (M, 3) by the listed weights; padding is not read. */
  readonly byMapping: NdArray<'real'>;
}): PlaceDerivatives {
  checkNames(given, { mapper: true, grid: true, byMapping: true }, 'delaunayAdjoint');
  const { mapper, grid, byMapping } = given;
  const { pixels, vertices, pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = mapper;
  const [rows] = indexes.shape;
  checkArray(grid, ['real'], [rows, 2], 'delaunayAdjoint grid');
  checkArray(byMapping, ['real'], [rows, 3], 'delaunayAdjoint byMapping');
  const points = new Float64Array(2 * pixels + 2);
  points.set(vertices.data);
  const sums = new Float64Array(2 * pixels + 2);
  const byGrid = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const from = 3 * row;
    if (indexes.data[from + 2] < 0) continue;
    points.set(grid.data.subarray(2 * row, 2 * row + 2), 2 * pixels);
    pullBarycentric(
      points,
      pixels,
      indexes.data.subarray(from, from + 3),
      weights.data.subarray(from, from + 3),
      byMapping.data.subarray(from, from + 3),
      sums,
    );
    byGrid[2 * row] = sums[2 * pixels];
    byGrid[2 * row + 1] = sums[2 * pixels + 1];
    sums[2 * pixels] = 0;
    sums[2 * pixels + 1] = 0;
  }
  return { vertices: real(sums.slice(0, 2 * pixels), [pixels, 2]), grid: real(byGrid, [rows, 2]) };
}
