import { index, type NdArray, real } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { mappedImage } from '../inversion/mappedImage.js';
import { barycentricWeights } from '../mapper/barycentric.js';
import { createLocator } from '../mapper/locate.js';
import type { Mapper } from '../mapper/mapper.js';
import { interpolationOf, type NaturalMapper, rowsOf } from '../mapper/naturalMapper.js';
import { createRows } from '../mapper/paddedRows.js';
import { cellOf, centresOf } from '../mapper/rectangularMapper.js';
import { delaunayOf } from '../mesh/delaunay.js';
import type { Mesh } from '../mesh/mesh.js';
import { checkPoints } from '../mesh/points.js';

type Rows = Pick<Mapper, 'pixIndexesForSubSlimIndex' | 'pixWeightsForSubSlimIndex'>;

/**
 * Interpolates what is known at the source pixels, such as a reconstruction, at any points (P, 2) of the source plane,
 * with the weights that the mapper gives image pixels: barycentric, natural neighbours or bilinear. NaN beyond the mesh,
 * where a source is not drawn although image pixels that land there map to the nearest pixel.
 *
 * The points should go on from one to the next, as rows of a grid do. Cost: O(S log S + P) once, O(P B) a call.
 *
 * @throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch, InvalidValue
 */
export function createSourceInterpolator(given: {
  readonly mapper: Mapper;
  readonly mesh: Mesh;
  /** (P, 2) */
  readonly grid: NdArray<'real'>;
}): (values: NdArray<'real'>) => NdArray<'real'> {
  checkNames(given, { mapper: true, mesh: true, grid: true }, 'createSourceInterpolator');
  const { mapper, mesh, grid } = given;
  checkPoints(grid, 'grid');
  const rows = rowsAt(mapper, mesh, grid);
  const [points, width] = rows.pixIndexesForSubSlimIndex.shape;
  const beyond = (point: number) => width === 0 || rows.pixIndexesForSubSlimIndex.data[point * width] < 0;
  return (values) => {
    checkArray(values, ['real'], [mapper.pixels], 'createSourceInterpolator values');
    const { data } = mappedImage(rows, values);
    for (let point = 0; point < points; point++) if (beyond(point)) data[point] = Number.NaN;
    return real(data);
  };
}

function rowsAt(mapper: Mapper, mesh: Mesh, grid: NdArray<'real'>): Rows {
  if (mesh.type === 'rectangular') return bilinearRows(mapper, mesh.shape, grid);
  if (!isNatural(mapper)) return barycentricRows(mapper, grid);
  const { indexes, weights } = rowsOf(interpolationOf(mapper.mesh, mapper.interpolation), grid, mapper.pixels);
  return { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights };
}

function isNatural(mapper: Mapper): mapper is NaturalMapper {
  return 'interpolation' in mapper;
}

function barycentricRows({ vertices }: Mapper, grid: NdArray<'real'>): Rows {
  const triangulation = delaunayOf(vertices);
  const locator = createLocator(triangulation, vertices);
  const corners = triangulation.triangles.data;
  const [points] = grid.shape;
  const indexes = new Int32Array(3 * points).fill(-1);
  const weights = new Float64Array(3 * points);
  let triangle = 0;
  for (let point = 0; point < points; point++) {
    const [y, x] = [grid.data[2 * point], grid.data[2 * point + 1]];
    const found = locator.triangleAt(y, x, triangle);
    triangle = found < 0 ? ~found : found;
    if (found < 0) continue;
    const around = corners.subarray(3 * triangle, 3 * triangle + 3);
    indexes.set(around, 3 * point);
    barycentricWeights(vertices.data, around, y, x, weights, 3 * point);
  }
  return {
    pixIndexesForSubSlimIndex: index(indexes, [points, 3]),
    pixWeightsForSubSlimIndex: real(weights, [points, 3]),
  };
}

function bilinearRows({ vertices }: Mapper, shape: readonly [number, number], grid: NdArray<'real'>): Rows {
  const { y, x } = centresOf(vertices, shape);
  const columns = shape[1];
  const [points] = grid.shape;
  const rows = createRows(points);
  for (let point = 0; point < points; point++) {
    const [atY, atX] = [grid.data[2 * point], grid.data[2 * point + 1]];
    const outside =
      atY < y.first - y.pitch / 2 ||
      atY > y.last + y.pitch / 2 ||
      atX < x.first - x.pitch / 2 ||
      atX > x.last + x.pitch / 2;
    if (!outside) {
      const { row, column, below, beside } = cellOf(y, x, shape, atY, atX);
      const corner = row * columns + column;
      rows.add(corner, (1 - below) * (1 - beside));
      rows.add(corner + 1, (1 - below) * beside);
      rows.add(corner + columns, below * (1 - beside));
      rows.add(corner + columns + 1, below * beside);
    }
    rows.end();
  }
  const { indexes, weights } = rows.padded();
  return { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights };
}
