import { WtildeError } from '@wtilde/core-types';
import { bandwidthOrder, freshMemory, type Scratch, slotsOf, type WeightedGraph } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';

const TILE = 4;
const TILE_AREA = TILE * TILE;

/**
 * log det of the matrix of a weighted graph, to nearly full relative precision of every pivot, however small its
 * diagonal.
 *
 * The matrix is that of an electrical network: neighbours are joined by conductances `weights`, every vertex is
 * connected to earth by its `diagonal`. Eliminating a vertex leaves such a network again (the star-mesh transform), and
 * carried out on conductances nothing is ever subtracted, so the relative error of a pivot is of the order of S eps,
 * while an ordinary factorization loses the last pivot of a connected graph, the sum of the diagonal, entirely once its
 * ratio to the weights is about eps (Grassmann, Taksar and Heyman 1985; Alfa, Xue and Ye 2002).
 *
 * The elements -w are kept within the envelope of a bandwidth-reducing order: on a mesh about S^2 operations.
 *
 * @throws NumericalFailure when a pivot is not positive and finite
 */
export function logDetWeightedGraph(engine: Engine, graph: WeightedGraph, scratch: Scratch = freshMemory): number {
  const { order } = graph;
  const { first, last, bases, values, ground } = networkOf(graph, scratch);
  const strips = first.length;
  return engine.scoped((arena) => {
    const envelope = [arena.putF64(values), arena.putI32(bases), arena.putI32(first), arena.putI32(last)];
    const work = arena.i32(2 * strips);
    const pivots = arena.f64(TILE * strips);
    const bad = engine.call('eliminateNetwork', strips, ...envelope, arena.putF64(ground), work, pivots);
    const found = engine.heap.copyF64(pivots, order);
    if (bad >= 0) throw badPivot(bad, found[bad]);
    return found.reduce((sum, pivot) => sum + Math.log(pivot), 0);
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
  /** Conductance to earth of each vertex in elimination order; 1 for the padding of the last strip. */
  readonly ground: Float64Array;
}

function networkOf(graph: WeightedGraph, scratch: Scratch): Network {
  const { order, neighbors, sizes, weights, diagonal } = graph;
  const slots = slotsOf(graph);
  const vertices = bandwidthOrder(graph);
  const places = scratch.i32(order);
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
  const bases = scratch.i32(strips);
  const last = scratch.i32(strips);
  let length = 0;
  for (let strip = 0; strip < strips; strip++) {
    bases[strip] = length - TILE_AREA * first[strip];
    length += TILE_AREA * (strip - first[strip] + 1);
    for (let column = first[strip]; column <= strip; column++) last[column] = strip;
  }
  const values = scratch.f64(length).fill(0);
  for (let vertex = 0; vertex < order; vertex++) {
    const row = places[vertex];
    const base = bases[row >> 2] + (row & 3);
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      const column = places[neighbors[slot]];
      if (column < row) values[base + TILE * column] = -weights[slot];
    }
  }
  const ground = scratch.f64(TILE * strips).fill(1, order);
  vertices.forEach((vertex, place) => {
    ground[place] = diagonal[vertex];
  });
  return { values, bases, first, last, ground };
}

function badPivot(vertex: number, pivot: number): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: 'the regularization matrix is not positive definite in float64',
    where: `pivot ${vertex} of the regularization matrix`,
    expected: 'a positive finite number',
    actual: `${pivot}`,
    remedy: 'give every connected part of the mesh a diagonal above 0, finite weights and mutual neighbours',
  });
}
