import { bandwidthOrder } from './bandwidthOrder.js';
import type { WeightedGraph } from './evidence/weightedGraph.js';
import { slotsOf } from './neighborGraph.js';
import type { Scratch } from './scratch.js';

/** The off-diagonal elements -w of the matrix of a graph, within its envelope, in square tiles by strips of rows. */
export interface GraphEnvelope {
  /** Tiles by strips, a tile by columns. */
  readonly values: Float64Array;
  /** Where column 0 of a strip would be stored: the tile of column strip c is c tile areas behind. */
  readonly bases: Int32Array;
  /** The first tile of each strip. */
  readonly first: Int32Array;
  /** The last strip with a tile in the columns of this strip. */
  readonly last: Int32Array;
  /** Conductance to earth, the diagonal of the graph, of each vertex in elimination order; 1 for the padding of the last strip. */
  readonly ground: Float64Array;
}

/**
 * The envelope of a graph in a bandwidth-reducing order, from the first tile of a strip that is not zero to the diagonal.
 *
 * @param tile rows of a strip
 * @param scratch what the envelope lives in
 */
export function graphEnvelope(graph: WeightedGraph, tile: number, scratch: Scratch): GraphEnvelope {
  const { order, neighbors, sizes, weights, diagonal } = graph;
  const slots = slotsOf(graph);
  const vertices = bandwidthOrder(graph);
  const places = scratch.i32(order);
  vertices.forEach((vertex, place) => {
    places[vertex] = place;
  });

  const strips = Math.ceil(order / tile);
  const first = Int32Array.from({ length: strips }, (_, strip) => strip);
  for (let vertex = 0; vertex < order; vertex++) {
    const strip = Math.floor(places[vertex] / tile);
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      first[strip] = Math.min(first[strip], Math.floor(places[neighbors[slot]] / tile));
    }
  }

  const bases = scratch.i32(strips);
  const last = scratch.i32(strips);
  let length = 0;
  for (let strip = 0; strip < strips; strip++) {
    bases[strip] = length - tile * tile * first[strip];
    length += tile * tile * (strip - first[strip] + 1);
    for (let column = first[strip]; column <= strip; column++) last[column] = strip;
  }

  const values = scratch.f64(length).fill(0);
  for (let vertex = 0; vertex < order; vertex++) {
    const row = places[vertex];
    const lane = row % tile;
    const base = bases[(row - lane) / tile] + lane;
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      const column = places[neighbors[slot]];
      if (column < row) values[base + tile * column] = -weights[slot];
    }
  }
  const ground = scratch.f64(tile * strips).fill(1, order);
  vertices.forEach((vertex, place) => {
    ground[place] = diagonal[vertex];
  });
  return { values, bases, first, last, ground };
}
