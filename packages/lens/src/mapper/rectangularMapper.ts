import { index, type NdArray, real, WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { neighborsOf } from '../mesh/neighbors.js';
import { checkPoints } from '../mesh/points.js';
import { rimOf } from '../mesh/rim.js';
import { checkMeshShape } from '../mesh/shape.js';
import type { Mapper } from './mapper.js';

/** In arcsec: how far the mesh reaches beyond the outermost points. */
const margin = 1e-8;

/**
 * Maps image pixels to a uniform rectangular mesh: `shape` equal cells over the extent of the grid, with the bilinear
 * weights of the four cell centres around each point. Points beyond the outermost centres are extrapolated, so their
 * weights are negative and above 1. Source pixels run row by row from the top; those that share a side are neighbours.
 *
 * `grid` is (y, x) in the source plane. The same as PyAutoLens' `RectangularUniform`. Cost: O(M + S).
 *
 * @throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch; InvalidValue: a shape with less than two rows or columns, no points, or not finite ones.
 */
export function rectangularMapper(given: {
  readonly shape: readonly [number, number];
  /** (M, 2) */
  readonly grid: NdArray<'real'>;
}): Mapper {
  checkNames(given, { shape: true, grid: true }, 'rectangularMapper');
  const { shape, grid } = given;
  checkMeshShape(shape, 'rectangular');
  checkPoints(grid, 'grid');
  const [points] = grid.shape;
  if (points === 0) {
    throw new WtildeError('InvalidValue', {
      what: 'there is nothing to lay a mesh over',
      where: 'grid',
      expected: 'at least one point',
      actual: 'none',
      remedy: 'use a mask that leaves pixels open',
    });
  }
  const [rows, columns] = shape;
  const y = axisOf(grid.data, 0, rows);
  const x = axisOf(grid.data, 1, columns);
  const indexes = new Int32Array(4 * points);
  const weights = new Float64Array(4 * points);
  for (let point = 0; point < points; point++) {
    const { row, column, below, beside } = cellOf(y, x, shape, grid.data[2 * point], grid.data[2 * point + 1]);
    const corner = row * columns + column;
    indexes.set([corner, corner + 1, corner + columns, corner + columns + 1], 4 * point);
    weights.set([(1 - below) * (1 - beside), (1 - below) * beside, below * (1 - beside), below * beside], 4 * point);
  }
  const pixels = rows * columns;
  return {
    pixels,
    pixIndexesForSubSlimIndex: index(indexes, [points, 4]),
    pixWeightsForSubSlimIndex: real(weights, [points, 4]),
    ...neighborsOf(pixels, sidesOf(rows, columns)),
    vertices: real(
      Float64Array.from({ length: 2 * pixels }, (_, at) => {
        const pixel = at >> 1;
        return at % 2 === 0 ? y.last - Math.floor(pixel / columns) * y.pitch : x.first + (pixel % columns) * x.pitch;
      }),
      [pixels, 2],
    ),
    zeroedPixels: rimOf(shape),
  };
}

/** The cell whose centre is above and left of a point, and how far the point is from it in cells. */
export function cellOf(y: Centres, x: Centres, [rows, columns]: readonly [number, number], atY: number, atX: number) {
  const down = (y.last - atY) / y.pitch;
  const right = (atX - x.first) / x.pitch;
  const row = Math.min(Math.max(Math.floor(down), 0), rows - 2);
  const column = Math.min(Math.max(Math.floor(right), 0), columns - 2);
  return { row, column, below: down - row, beside: right - column };
}

/** The cells along one axis: the outermost centres, and the distance from one to the next. */
interface Centres {
  readonly first: number;
  readonly last: number;
  readonly pitch: number;
}

/** Those of a mesh that is laid over the points of a grid. */
interface Axis extends Centres {
  /** The points that are furthest out; the first of several each. */
  readonly leastPoint: number;
  readonly mostPoint: number;
}

export function axisOf(grid: Float64Array, axis: 0 | 1, cells: number): Axis {
  let [leastPoint, mostPoint] = [0, 0];
  for (let point = 1; 2 * point < grid.length; point++) {
    if (grid[2 * point + axis] < grid[2 * leastPoint + axis]) leastPoint = point;
    if (grid[2 * point + axis] > grid[2 * mostPoint + axis]) mostPoint = point;
  }
  const least = grid[2 * leastPoint + axis];
  const most = grid[2 * mostPoint + axis];
  const pitch = (most - least + 2 * margin) / cells;
  return { first: least - margin + pitch / 2, last: most + margin - pitch / 2, pitch, leastPoint, mostPoint };
}

/** The axes of a mesh whose cell centres (S, 2) are known, row by row from the top. */
export function centresOf(
  { data }: NdArray<'real'>,
  [rows, columns]: readonly [number, number],
): { readonly y: Centres; readonly x: Centres } {
  const corner = data.length - 2;
  const between = (first: number, last: number, cells: number) => ({
    first,
    last,
    pitch: (last - first) / (cells - 1),
  });
  return { y: between(data[corner], data[0], rows), x: between(data[1], data[corner + 1], columns) };
}

/** The pairs of cells that share a side. */
export function sidesOf(rows: number, columns: number): number[] {
  const sides: number[] = [];
  for (let pixel = 0; pixel < rows * columns; pixel++) {
    if ((pixel + 1) % columns !== 0) sides.push(pixel, pixel + 1);
    if (pixel + columns < rows * columns) sides.push(pixel, pixel + columns);
  }
  return sides;
}
