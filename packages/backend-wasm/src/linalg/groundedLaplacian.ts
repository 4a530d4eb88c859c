import { WtildeError } from '@wtilde/core-types';
import { bandwidthOrder, type NeighborGraph, slotsOf } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';

const TILE = 4;
const TILE_AREA = TILE * TILE;

/**
 * The pivots of coupling L + ground I, L the Laplacian of a graph, to nearly full relative precision, however small
 * the ground; their logarithms add up to the log determinant.
 *
 * The matrix is that of an electrical network: neighbours are joined by conductances `coupling`, every vertex is
 * connected to earth by `ground`. Eliminating a vertex leaves such a network again (the star-mesh transform), and
 * carried out on conductances nothing is ever subtracted, so the relative error of a pivot is of the order of S eps,
 * while an ordinary factorization loses the last pivot of a connected graph, S `ground`, entirely once
 * ground / coupling is about eps (Grassmann, Taksar and Heyman 1985; Alfa, Xue and Ye 2002).
 *
 * The elements -w are kept within the envelope of a bandwidth-reducing order: on a mesh about S^2 operations.
 *
 * @throws NumericalFailure when a pivot is not positive and finite
 */
export function pivotsOfGroundedLaplacian(
  engine: Engine,
  graph: NeighborGraph,
  coupling: number,
  ground: number,
): Float64Array {
  const { order } = graph;
  const { first, last, bases, values } = networkOf(graph, coupling);
  const strips = first.length;
  return engine.scoped((arena) => {
    const envelope = [arena.putF64(values), arena.putI32(bases), arena.putI32(first), arena.putI32(last)];
    const earthed = new Float64Array(TILE * strips).fill(ground, 0, order).fill(1, order);
    const scratch = arena.i32(2 * strips);
    const pivots = arena.f64(TILE * strips);
    const bad = engine.call('eliminateNetwork', strips, ...envelope, arena.putF64(earthed), scratch, pivots);
    const found = engine.heap.copyF64(pivots, order);
    if (bad >= 0) throw badPivot(bad, found[bad]);
    return found;
  });
}

/** The envelope of the matrix in tiles by strips. */
interface Network {
  readonly values: Float64Array;
  /** Where column 0 of a strip would be stored: the tile of column strip c is 16 c numbers behind. */
  readonly bases: Int32Array;
  /** The first tile of each strip. */
  readonly first: Int32Array;
  /** The last strip with a tile in the columns of this strip. */
  readonly last: Int32Array;
}

function networkOf(graph: NeighborGraph, coupling: number): Network {
  const { order, neighbors, sizes } = graph;
  const slots = slotsOf(graph);
  const vertices = bandwidthOrder(graph);
  const places = new Int32Array(order);
  vertices.forEach((vertex, place) => {
    places[vertex] = place;
  });
  const strips = Math.ceil(order / TILE);
  const first = Int32Array.from({ length: strips }, (_, strip) => strip);
  for (let vertex = 0; vertex < order; vertex++) {
    const strip = places[vertex] >> 2;
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      first[strip] = Math.min(first[strip], places[neighbors[slot]] >> 2);
    }
  }
  const bases = new Int32Array(strips);
  const last = new Int32Array(strips);
  let length = 0;
  for (let strip = 0; strip < strips; strip++) {
    bases[strip] = length - TILE_AREA * first[strip];
    length += TILE_AREA * (strip - first[strip] + 1);
    for (let column = first[strip]; column <= strip; column++) last[column] = strip;
  }
  const values = new Float64Array(length);
  for (let vertex = 0; vertex < order; vertex++) {
    const row = places[vertex];
    const base = bases[row >> 2] + (row & 3);
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      const column = places[neighbors[slot]];
      if (column < row) values[base + TILE * column] = -coupling;
    }
  }
  return { values, bases, first, last };
}

function badPivot(vertex: number, pivot: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'the regularization matrix is not positive definite in float64',
    where: `pivot ${vertex} of the regularization matrix`,
    expected: 'a positive finite number',
    actual: `${pivot}`,
    remedy: 'pass a finite coefficient and mutual neighbours',
  });
}
