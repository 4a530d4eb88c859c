import {
  badPivotOfGraph,
  freshMemory,
  type GraphEnvelope,
  graphEnvelope,
  type Scratch,
  STRIP,
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
  const envelope = graphEnvelope(graph, STRIP, scratch);
  const strips = envelope.first.length;
  const network = { ...envelope, below: scratch.i32(strips), tiles: scratch.i32(strips) };
  let sum = 0;
  for (let strip = 0; strip < strips; strip++) sum += eliminateStrip(network, strip);
  return sum;
}

/** What remains of the network, and what has been eliminated of it: -w where both vertices remain, the factor elsewhere. */
interface Network extends GraphEnvelope {
  /** Scratch: the strips and tiles below the diagonal in the columns being eliminated. */
  readonly below: Int32Array;
  readonly tiles: Int32Array;
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
    if (!(pivot > 0 && pivot < Infinity)) throw badPivotOfGraph(vertex, pivot);
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
