import { index, type NdArray, WtildeError } from '@wtilde/core-types';
import type { WeightedGraph } from '@wtilde/numerics';
import { checkNames } from '../arguments/checkArguments.js';
import { shown } from '../arguments/shown.js';
import { type FramedMesh, framedMesh } from '../mesh/framedMesh.js';
import { checkPoints } from '../mesh/points.js';
import { gradientGraph } from '../regularization/gradientGraph.js';
import type { Interpolation } from './interpolation.js';
import { laplace } from './laplace.js';
import { linear } from './linear.js';
import type { Mapper } from './mapper.js';
import { createRows } from './paddedRows.js';
import { sibson } from './sibson.js';

/** How the source is interpolated between the vertices of a mesh with a frame. */
export type MeshInterpolation = 'natural' | 'laplace' | 'barycentric';

/** A mapper whose evidence is continuous in the lens. */
export interface NaturalMapper extends Mapper {
  /** The regularization `gradient` with coefficient 1; its neighbours are those of the mapper. */
  readonly graph: WeightedGraph;
  readonly interpolation: MeshInterpolation;
  /** Where vertices and frame are, and how they are joined. */
  readonly mesh: FramedMesh;
}

const interpolations: Readonly<Record<MeshInterpolation, (mesh: FramedMesh) => Interpolation>> = {
  natural: sibson,
  laplace,
  barycentric: linear,
};

/**
 * Maps image pixels to their natural neighbours among the vertices of a Delaunay mesh with a frame, a ring of 24 places
 * around them where the source is zero.
 *
 * - `natural`: Sibson's areas, continuous with their derivative except on vertices;
 * - `laplace`: facets over distances, continuous;
 * - `barycentric`: the corners of the triangle that holds the pixel, with jumps where an edge flips.
 *
 * Weights are at least 0 and reproduce the place of the pixel; with those of the frame, which are left out, they add up
 * to 1. A row is as long as it needs to be: about 6 entries, -1 behind them. A pixel on a vertex has that vertex alone, a
 * pixel beyond the frame none. Vertices that coincide stay source pixels: one of them gets the image pixels.
 *
 * Both grids are (y, x) in the source plane. Cost: O(S log S + M B) where neighbouring rows of `grid` are close to each
 * other.
 *
 * @throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch, InvalidOption; InvalidValue: not finite, or
 *   vertices all at one place
 */
export function naturalMapper(given: {
  /** (S, 2) */
  readonly vertices: NdArray<'real'>;
  /** (M, 2) */
  readonly grid: NdArray<'real'>;
  /** `natural` by default. */
  readonly interpolation?: MeshInterpolation | undefined;
}): NaturalMapper {
  checkNames(given, { vertices: true, grid: true, interpolation: false }, 'naturalMapper');
  const { vertices, grid, interpolation = 'natural' } = given;
  checkPoints(grid, 'grid');
  checkInterpolation(interpolation);
  const mesh = framedMesh(vertices);
  const { pixels } = mesh;
  const { indexes, weights } = rowsOf(interpolationOf(mesh, interpolation), grid, pixels);
  const graph = gradientGraph(mesh);
  return {
    pixels,
    pixIndexesForSubSlimIndex: indexes,
    pixWeightsForSubSlimIndex: weights,
    neighbors: index(graph.neighbors, [pixels, graph.neighbors.length / pixels]),
    neighborsSizes: index(graph.sizes),
    vertices,
    graph,
    interpolation,
    mesh,
  };
}

export function interpolationOf(mesh: FramedMesh, interpolation: MeshInterpolation): Interpolation {
  return interpolations[interpolation](mesh);
}

/** The weights of every point on the first `pixels` vertices, padded. */
export function rowsOf(interpolation: Interpolation, grid: NdArray<'real'>, pixels: number) {
  const { ring } = interpolation;
  const [points] = grid.shape;
  const rows = createRows(points);
  const weights = new Float64Array(ring.length);
  for (let point = 0; point < points; point++) {
    const size = interpolation.open(grid.data[2 * point], grid.data[2 * point + 1]);
    if (size > 0) interpolation.weigh(size, weights);
    for (let k = 0; k < size; k++) if (ring[k] < pixels) rows.add(ring[k], weights[k]);
    if (size < 0 && ~size < pixels) rows.add(~size, 1);
    rows.end();
  }
  return rows.padded();
}

function checkInterpolation(interpolation: MeshInterpolation): void {
  if (Object.hasOwn(interpolations, interpolation)) return;
  throw new WtildeError('InvalidOption', {
    what: 'there is no such interpolation',
    where: 'interpolation',
    expected: Object.keys(interpolations).join(', '),
    actual: shown(interpolation),
    remedy: 'use one of those',
  });
}
