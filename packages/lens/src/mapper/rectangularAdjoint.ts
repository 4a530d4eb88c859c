import { type NdArray, real } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { checkPoints } from '../mesh/points.js';
import { checkMeshShape } from '../mesh/shape.js';
import { axisOf, cellOf } from './rectangularMapper.js';

/**
 * The derivatives (M, 2) of a function by the places of image pixels, from those by the weights that
 * `rectangularMapper` made of them.
 *
 * The mesh follows the outermost pixels: what moves cells is in the derivatives of those. Exact while pixels stay
 * between their cell centres and the outermost ones stay so; where that changes the weights are continuous, and what is
 * returned is the derivative on one side. Of several pixels that are furthest out the first moves the mesh.
 *
 * Cost: O(M).
 *
 * @throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch, InvalidValue
 */
export function rectangularAdjoint(given: {
  readonly shape: readonly [number, number];
  /** (M, 2) */
  readonly grid: NdArray<'real'>;
  /** (M, 4) by the weights. */
  readonly byMapping: NdArray<'real'>;
}): NdArray<'real'> {
  checkNames(given, { shape: true, grid: true, byMapping: true }, 'rectangularAdjoint');
  const { shape, grid, byMapping } = given;
  checkMeshShape(shape, 'rectangular');
  checkPoints(grid, 'grid');
  const [points] = grid.shape;
  checkArray(byMapping, ['real'], [points, 4], 'rectangularAdjoint byMapping');
  const y = axisOf(grid.data, 0, shape[0]);
  const x = axisOf(grid.data, 1, shape[1]);
  const sums = new Float64Array(2 * points);
  let [byLast, byPitchOfY, byFirst, byPitchOfX] = [0, 0, 0, 0];
  for (let point = 0; point < points; point++) {
    const { row, column, below, beside } = cellOf(y, x, shape, grid.data[2 * point], grid.data[2 * point + 1]);
    const [near, right, under, both] = byMapping.data.subarray(4 * point, 4 * point + 4);
    const down = ((under - near) * (1 - beside) + (both - right) * beside) / y.pitch;
    const along = ((right - near) * (1 - below) + (both - under) * below) / x.pitch;
    sums[2 * point] -= down;
    sums[2 * point + 1] += along;
    byLast += down;
    byFirst -= along;
    byPitchOfY -= down * (row + below);
    byPitchOfX -= along * (column + beside);
  }
  if (points > 0) {
    // The outermost centres are half a pitch within the outermost points, the pitch is their distance over the cells.
    const ofHeight = (byPitchOfY - byLast / 2) / shape[0];
    const ofWidth = (byPitchOfX + byFirst / 2) / shape[1];
    sums[2 * y.mostPoint] += byLast + ofHeight;
    sums[2 * y.leastPoint] -= ofHeight;
    sums[2 * x.mostPoint + 1] += ofWidth;
    sums[2 * x.leastPoint + 1] += byFirst - ofWidth;
  }
  return real(sums, [points, 2]);
}
