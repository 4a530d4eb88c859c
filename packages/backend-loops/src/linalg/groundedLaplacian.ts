import { WtildeError } from '@wtilde/core-types';
import {
  bandwidthOrder,
  freshMemory,
  type Scratch,
  STRIP,
  slotsOf,
  subtractStripProduct,
  TILE_AREA,
  type WeightedGraph,
} from '@wtilde/numerics';

/**
 * log det of the matrix of a weighted graph, to nearly full relative precision of every pivot, however
 * small its diagonal.
 *
 * The matrix is that of an electrical network: neighbours are joined by conductances `weights`, every
 * vertex is connected to earth by its `diagonal`, and a diagonal element of the matrix is the sum of the
 * conductances at its vertex. Eliminating a vertex leaves such a network again (the star-mesh
 * transform), so the elimination is carried out on conductances instead of diagonal elements:
 *
 *   pivot  d_v = g_v + sum_i w_iv,   w_ij += w_iv w_jv / d_v,   g_i += w_iv g_v / d_v.
 *
 * Nothing is ever subtracted, so the relative error of a pivot is of the order of S eps, while an
 * ordinary factorization forms the last pivot of a connected graph, the sum of the diagonal, as a
 * difference of numbers of the size of the weights and loses it entirely once their ratio is about eps
 * (Grassmann, Taksar and Heyman 1985; Alfa, Xue and Ye 2002). Components need no special care: each
 * ends in a pivot of its own.
 *
 * The off-diagonal elements -w are kept within the envelope of a bandwidth-reducing order, in strips
 * of 3 x 3 tiles from the first tile of a strip that is not zero to the diagonal: a Cholesky
 * factorization with another rule for the pivots. On a mesh about S^2 operations; S^3 / 3 at worst.
 *
 * @throws NumericalFailure when a pivot is not positive and finite
 */
export function logDetWeightedGraph(graph: WeightedGraph, scratch: Scratch = freshMemory): number {
  const network = networkOf(graph, scratch);
  let sum = 0;
  for (let strip = 0; strip < network.first.length; strip++) sum += eliminateStrip(network, strip);
  return sum;
}

/** What remains of the network, and what has been eliminated of it. */
interface Network {
  /** Tiles by strips; -w where both vertices remain, an element of the Cholesky factor elsewhere. */
  readonly values: Float64Array;
  /** Where column 0 of a strip would be stored: the tile of column strip c is 9 c numbers behind. */
  readonly bases: Int32Array;
  /** The first tile of each strip. */
  readonly first: Int32Array;
  /** The last strip with a tile in the columns of this strip. */
  readonly last: Int32Array;
  /** Conductance to earth of each vertex in elimination order; 1 for the padding of the last strip. */
  readonly ground: Float64Array;
  /** Scratch: the strips and tiles below the diagonal in the columns being eliminated. */
  readonly below: Int32Array;
  readonly tiles: Int32Array;
}

function networkOf(graph: WeightedGraph, scratch: Scratch): Network {
  const { order, neighbors, sizes, weights, diagonal } = graph;
  const slots = slotsOf(graph);
  const vertices = bandwidthOrder(graph);
  const places = scratch.i32(order);
  vertices.forEach((vertex, place) => {
    places[vertex] = place;
  });

  const strips = Math.ceil(order / STRIP);
  const first = Int32Array.from({ length: strips }, (_, strip) => strip);
  for (let vertex = 0; vertex < order; vertex++) {
    const strip = Math.floor(places[vertex] / STRIP);
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      first[strip] = Math.min(first[strip], Math.floor(places[neighbors[slot]] / STRIP));
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
    const lane = row % STRIP;
    const base = bases[(row - lane) / STRIP] + lane;
    for (let slot = vertex * slots; slot < vertex * slots + sizes[vertex]; slot++) {
      const column = places[neighbors[slot]];
      if (column < row) values[base + STRIP * column] = -weights[slot];
    }
  }
  const ground = scratch.f64(STRIP * strips).fill(1, order);
  vertices.forEach((vertex, place) => {
    ground[place] = diagonal[vertex];
  });
  return {
    values,
    bases,
    first,
    last,
    ground,
    below: scratch.i32(strips),
    tiles: scratch.i32(strips),
  };
}

/** Eliminates the three vertices of a strip; the sum of the logarithms of their pivots. */
function eliminateStrip(network: Network, strip: number): number {
  const { values, bases, ground } = network;
  const count = updateColumns(network, strip);
  const diagonal = bases[strip] + TILE_AREA * strip;
  const { below, tiles } = network;

  let sum = 0;
  for (let lane = 0; lane < STRIP; lane++) {
    const vertex = STRIP * strip + lane;
    const column = STRIP * lane;

    let pivot = ground[vertex];
    for (let row = lane + 1; row < STRIP; row++) pivot -= values[diagonal + column + row];
    for (let i = 0; i < count; i++) {
      const at = tiles[i] + column;
      pivot -= values[at] + values[at + 1] + values[at + 2];
    }
    if (!(pivot > 0 && pivot < Infinity)) throw badPivot(vertex, pivot);
    sum += Math.log(pivot);

    const root = Math.sqrt(pivot);
    const earth = ground[vertex] / root;
    for (let row = lane + 1; row < STRIP; row++) {
      const scaled = values[diagonal + column + row] / root;
      values[diagonal + column + row] = scaled;
      ground[STRIP * strip + row] -= scaled * earth;
    }
    // Of the diagonal tile only (2, 1) can still change; its diagonal is never looked at.
    if (lane === 0) values[diagonal + 5] -= values[diagonal + 1] * values[diagonal + 2];
    for (let i = 0; i < count; i++) {
      const tile = tiles[i];
      const grounds = STRIP * below[i];
      for (let row = 0; row < STRIP; row++) {
        const scaled = values[tile + column + row] / root;
        values[tile + column + row] = scaled;
        ground[grounds + row] -= scaled * earth;
        for (let later = lane + 1; later < STRIP; later++) {
          values[tile + STRIP * later + row] -= scaled * values[diagonal + column + later];
        }
      }
    }
  }
  return sum;
}

/**
 * Brings the columns of a strip up to date with all vertices eliminated before it, and lists the
 * tiles below the diagonal. Returns their number.
 */
function updateColumns({ values, bases, first, last, below, tiles }: Network, strip: number): number {
  const base = bases[strip];
  const from = first[strip];
  subtractStripProduct(
    values,
    base + TILE_AREA * strip,
    base + TILE_AREA * from,
    base + TILE_AREA * from,
    STRIP * (strip - from),
  );
  let count = 0;
  for (let row = strip + 1; row <= last[strip]; row++) {
    if (first[row] > strip) continue;
    const common = Math.max(from, first[row]);
    const tile = bases[row] + TILE_AREA * strip;
    subtractStripProduct(
      values,
      tile,
      bases[row] + TILE_AREA * common,
      base + TILE_AREA * common,
      STRIP * (strip - common),
    );
    below[count] = row;
    tiles[count++] = tile;
  }
  return count;
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
