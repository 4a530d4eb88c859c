import { index, type NdArray, real, WtildeError } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import { type AxisCdf, kernelCdf, rankCdf } from '../mesh/axisCdf.js';
import { neighborsOf } from '../mesh/neighbors.js';
import { checkPoints } from '../mesh/points.js';
import { rimOf } from '../mesh/rim.js';
import { checkMeshShape } from '../mesh/shape.js';
import type { Mapper } from './mapper.js';
import { sidesOf } from './rectangularMapper.js';

/** How an adaptive rectangular mesh is made. */
export interface AdaptiveRectangle {
  /** Source pixels (ny, nx), at least four along each axis. */
  readonly shape: readonly [number, number];
  /** (M, 2) the traced pixels, (y, x). */
  readonly grid: NdArray<'real'>;
  /** (M) what every traced pixel counts for; alike where left out. */
  readonly weights?: NdArray<'real'> | undefined;
  /** `kernel`, the default, is smooth in the lens; `rank` is that of PyAutoLens' default. */
  readonly cdf?: 'kernel' | 'rank' | undefined;
  /** Of the kernel, in cells: 1 by default. */
  readonly bandwidth?: number | undefined;
}

/** PyAutoLens' `RectangularAdapt*`: everything is within the rim, which is left to be zero. */
const rim = 1;

/**
 * Maps image pixels to a rectangular mesh whose rows and columns are narrow where many of them are traced to: the share of
 * pixels below, along each axis, is what is divided into equal cells.
 *
 * With U from 0 to 1 along an axis of n cells, a pixel is at the node (n - 3) U + 1 and has bilinear weights of the four
 * nodes around it; the outermost rows and columns hold no pixel. The nodes of `kernel` run from the top; those of `rank`
 * stand one row lower, as PyAutoLens has them, so that its top row and the next are empty and its last is not. The source
 * pixels that share a side are neighbours; the rim is in `zeroedPixels`.
 *
 * Cost: O(M n) for `kernel`, O(M log M) for `rank`.
 *
 * @throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch, InvalidOption; InvalidValue: a shape with less
 *   than four rows or columns, points that are not finite or have no extent along an axis, weights below 0 or all 0.
 */
export function adaptiveRectangularMapper(given: AdaptiveRectangle): Mapper {
  const { shape, grid, axes, rank } = axesOf(given, 'adaptiveRectangularMapper');
  const [rows, columns] = shape;
  const [points] = grid.shape;
  const indexes = new Int32Array(4 * points);
  const weights = new Float64Array(4 * points);
  for (let point = 0; point < points; point++) {
    const y = nodeOf(axes[0], rows, grid.data[2 * point]);
    const x = nodeOf(axes[1], columns, grid.data[2 * point + 1]);
    const upper = rowOf(y.node + 1, rows, rank);
    const lower = rowOf(y.node, rows, rank);
    indexes.set(
      [upper * columns + x.node, upper * columns + x.node + 1, lower * columns + x.node, lower * columns + x.node + 1],
      4 * point,
    );
    const [up, right] = [y.part, x.part];
    weights.set([up * (1 - right), up * right, (1 - up) * (1 - right), (1 - up) * right], 4 * point);
  }
  const pixels = rows * columns;
  const vertices = new Float64Array(2 * pixels);
  const places = [placesOf(axes[0], rows), placesOf(axes[1], columns)];
  for (let row = 0; row < rows; row++) {
    const node = rank ? rows - row : rows - 1 - row;
    for (let column = 0; column < columns; column++) {
      vertices[2 * (row * columns + column)] = places[0](node);
      vertices[2 * (row * columns + column) + 1] = places[1](column);
    }
  }
  return {
    pixels,
    pixIndexesForSubSlimIndex: index(indexes, [points, 4]),
    pixWeightsForSubSlimIndex: real(weights, [points, 4]),
    ...neighborsOf(pixels, sidesOf(rows, columns)),
    vertices: real(vertices, [pixels, 2]),
    zeroedPixels: rimOf(shape),
  };
}

/**
 * The derivatives (M, 2) of a function by the places of image pixels, from those by the weights that
 * {@link adaptiveRectangularMapper} made of them with `kernel`: the mesh moves with all of them. Exact while pixels stay
 * between their nodes and the outermost ones stay so. Cost: O(M n).
 *
 * @throws what the mapper throws; InvalidOption for `rank`, which has no derivative.
 */
export function adaptiveRectangularAdjoint(
  given: AdaptiveRectangle & {
    /** (M, 4) by the weights. */
    readonly byMapping: NdArray<'real'>;
  },
): NdArray<'real'> {
  const { byMapping, ...rest } = given;
  const { shape, grid, smooth } = axesOf(rest, 'adaptiveRectangularAdjoint');
  if (smooth === undefined) throw noDerivative();
  const [points] = grid.shape;
  checkArray(byMapping, ['real'], [points, 4], 'adaptiveRectangularAdjoint byMapping');
  const byY = new Float64Array(points);
  const byX = new Float64Array(points);
  for (let point = 0; point < points; point++) {
    const up = nodeOf(smooth[0], shape[0], grid.data[2 * point]).part;
    const right = nodeOf(smooth[1], shape[1], grid.data[2 * point + 1]).part;
    const [upLeft, upRight, downLeft, downRight] = byMapping.data.subarray(4 * point, 4 * point + 4);
    byY[point] = (shape[0] - 3) * ((upLeft - downLeft) * (1 - right) + (upRight - downRight) * right);
    byX[point] = (shape[1] - 3) * ((upRight - upLeft) * up + (downRight - downLeft) * (1 - up));
  }
  const pulled = [smooth[0].pull(byY), smooth[1].pull(byX)];
  return real(
    Float64Array.from({ length: 2 * points }, (_, at) => pulled[at % 2][at >> 1]),
    [points, 2],
  );
}

function axesOf(given: AdaptiveRectangle, where: string) {
  checkNames(given, { shape: true, grid: true, weights: false, cdf: false, bandwidth: false }, where);
  const { shape, grid, weights, cdf = 'kernel', bandwidth = 1 } = given;
  checkMeshShape(shape, 'rectangularAdaptDensity');
  checkPoints(grid, `${where} grid`);
  checkNumber(bandwidth, { above: 0 }, `${where} bandwidth`, 'the width of the kernel in cells');
  checkCdf(cdf, where);
  const [points] = grid.shape;
  if (weights !== undefined) checkWeights(weights, points, where);
  const along = (lane: 0 | 1) => Float64Array.from({ length: points }, (_, at) => grid.data[2 * at + lane]);
  const coordinates = [along(0), along(1)] as const;
  for (const each of coordinates) checkExtent(each, where);
  const rank = cdf === 'rank';
  if (rank) {
    const axes = coordinates.map((each) => rankCdf(each, weights && normalized(weights.data)));
    return { shape, grid, axes, rank, smooth: undefined };
  }
  const smooth = coordinates.map((each, axis) => kernelCdf(each, shape[axis], { bandwidth, weights: weights?.data }));
  return { shape, grid, axes: smooth, rank, smooth };
}

/** The node below a place, and how far above it that is. */
function nodeOf(axis: AxisCdf, cells: number, x: number): { readonly node: number; readonly part: number } {
  const at = (cells - 3) * axis.at(x) + rim;
  const node = Math.min(Math.max(Math.floor(at), 0), cells - 2);
  return { node, part: at - node };
}

function rowOf(node: number, rows: number, rank: boolean): number {
  return rank ? rows - node : rows - 1 - node;
}

/** Where nodes are: beyond the outermost points as far apart as the last two. */
function placesOf(axis: AxisCdf, cells: number): (node: number) => number {
  const within = (node: number) => axis.inverse((node - rim) / (cells - 3));
  return (node) => {
    if (node < rim) return within(rim) - (rim - node) * (within(rim + 1) - within(rim));
    const last = cells - 1 - rim;
    if (node > last) return within(last) + (node - last) * (within(last) - within(last - 1));
    return within(node);
  };
}

function normalized(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => each / total);
}

function checkCdf(cdf: unknown, where: string): void {
  if (cdf === 'kernel' || cdf === 'rank') return;
  throw new WtildeError('InvalidOption', {
    what: 'there is no such distribution',
    where: `${where} cdf`,
    expected: 'kernel, rank',
    actual: shown(cdf),
    remedy: 'use one of those',
  });
}

function checkWeights(weights: NdArray<'real'>, points: number, where: string): void {
  checkArray(weights, ['real'], [points], `${where} weights`);
  if (weights.data.every((each) => each >= 0 && Number.isFinite(each)) && weights.data.some((each) => each > 0)) return;
  throw new WtildeError('InvalidValue', {
    what: 'weights from 0 that are not all 0',
    where: `${where} weights`,
    expected: 'finite numbers from 0, one above',
    actual: 'others',
    remedy: 'correct the image that they were made of',
  });
}

function checkExtent(coordinates: Float64Array, where: string): void {
  const [least, most] = coordinates.reduce(
    ([low, high], x) => [Math.min(low, x), Math.max(high, x)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  if (most > least) return;
  throw new WtildeError('InvalidValue', {
    what: 'there is nothing to lay a mesh over',
    where: `${where} grid`,
    expected: 'points that differ in y and in x',
    actual: coordinates.length === 0 ? 'none' : `${coordinates.length} at ${coordinates[0]}`,
    remedy: 'correct the lens model, or use a mask that leaves more pixels open',
  });
}

function noDerivative(): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'a mesh by ranks has no derivative: its evidence is constant but for jumps',
    where: 'mesh.cdf',
    expected: 'kernel',
    actual: 'rank',
    remedy: 'use kernel, which is smooth',
  });
}
