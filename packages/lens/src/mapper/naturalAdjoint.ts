import { type NdArray, real } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { pullFrame } from '../mesh/frame.js';
import { pullGradientGraph } from '../regularization/gradientGraph.js';
import { interpolationOf, type NaturalMapper } from './naturalMapper.js';

/** Derivatives of a function by the places of source and image pixels in the source plane. */
export interface PlaceDerivatives {
  /** (S, 2) by (y, x) of every vertex. */
  readonly vertices: NdArray<'real'>;
  /** (M, 2) by (y, x) of every image pixel. */
  readonly grid: NdArray<'real'>;
}

/**
 * The derivatives of a function by the places of vertices and image pixels, from those by what {@link naturalMapper}
 * made of them: the weights of the mapping, and weights and diagonal of the graph. The frame moves with its vertices.
 *
 * Exact while neighbours stay the same. Where they change the value is continuous (not for `barycentric`) and what is
 * returned is the derivative on one side: it jumps for `laplace` and the graph, for `natural` it does not. A pixel on a
 * vertex, where `natural` and `laplace` have no derivative, gives zero; so does a vertex that is a corner of no triangle.
 *
 * Cost: O(S + M B), about that of the mapper; memory: what is returned.
 *
 * @throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch
 */
export function naturalAdjoint(given: {
  readonly mapper: NaturalMapper;
  /** (M, 2) as the mapper was made with it. */
  readonly grid: NdArray<'real'>;
  /** (M, B) by the listed weights; padding is not read. */
  readonly byMapping: NdArray<'real'>;
  /** (S, P) by the weight of each edge, the same from both ends; zero by default. */
  readonly byWeights?: NdArray<'real'> | undefined;
  /** (S) by the diagonal; zero by default. */
  readonly byDiagonal?: NdArray<'real'> | undefined;
}): PlaceDerivatives {
  const names = { mapper: true, grid: true, byMapping: true, byWeights: false, byDiagonal: false };
  checkNames(given, names, 'naturalAdjoint');
  const { mapper, grid, byMapping, byWeights, byDiagonal } = given;
  const { mesh, pixels, graph, neighbors } = mapper;
  const [rows, slots] = mapper.pixIndexesForSubSlimIndex.shape;
  checkArray(grid, ['real'], [rows, 2], 'naturalAdjoint grid');
  checkArray(byMapping, ['real'], [rows, slots], 'naturalAdjoint byMapping');
  if (byWeights !== undefined) checkArray(byWeights, ['real'], neighbors.shape, 'naturalAdjoint byWeights');
  if (byDiagonal !== undefined) checkArray(byDiagonal, ['real'], [pixels], 'naturalAdjoint byDiagonal');

  const interpolation = interpolationOf(mesh, mapper.interpolation);
  const { ring, point } = interpolation;
  const sums = new Float64Array(interpolation.points.length);
  const byGrid = new Float64Array(2 * rows);
  const weights = new Float64Array(ring.length);
  const derivatives = new Float64Array(ring.length);
  for (let row = 0; row < rows; row++) {
    const size = interpolation.open(grid.data[2 * row], grid.data[2 * row + 1]);
    if (size <= 0) continue;
    interpolation.weigh(size, weights);
    let entry = row * slots;
    for (let k = 0; k < size; k++) derivatives[k] = ring[k] < pixels ? byMapping.data[entry++] : 0;
    interpolation.pull(size, weights, derivatives, sums);
    byGrid[2 * row] = sums[2 * point];
    byGrid[2 * row + 1] = sums[2 * point + 1];
    sums[2 * point] = 0;
    sums[2 * point + 1] = 0;
  }
  if (byWeights !== undefined || byDiagonal !== undefined) {
    const ofWeights = byWeights?.data ?? new Float64Array(graph.weights.length);
    pullGradientGraph(mesh, graph, ofWeights, byDiagonal?.data ?? new Float64Array(pixels), sums);
  }
  pullFrame(mesh.frame, mesh.vertices, sums);
  return { vertices: real(sums.slice(0, 2 * pixels), [pixels, 2]), grid: real(byGrid, [rows, 2]) };
}
