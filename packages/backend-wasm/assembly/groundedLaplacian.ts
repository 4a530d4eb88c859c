import { subtractTile } from './tile';

/**
 * The pivots of coupling L + ground I, L the Laplacian of a graph, by an elimination that only adds: the matrix is
 * that of an electrical network, and eliminating a vertex leaves a network again. With g_v the conductance of vertex
 * v to earth and w_iv those to its neighbours,
 *
 *   pivot d_v = g_v + sum_i w_iv,   w_ij += w_iv w_jv / d_v,   g_i += w_iv g_v / d_v.
 *
 * The off-diagonal elements -w stand within an envelope, in strips of 4 x 4 tiles from the first tile of a strip that
 * is not zero to the diagonal, each tile column by column.
 *
 * @param bases where column 0 of every strip would stand, in numbers
 * @param first the first tile of every strip
 * @param last the last strip with a tile in the columns of every strip
 * @param ground the conductances to earth, 1 for the padding of the last strip
 * @param tiles scratch, two int32 per strip
 * @param pivots the pivot of every row
 * @returns the row of the first pivot that is not positive and finite, or -1
 */
export function eliminateNetwork(
  total: i32,
  values: usize,
  bases: usize,
  first: usize,
  last: usize,
  ground: usize,
  tiles: usize,
  pivots: usize,
): i32 {
  const below = tiles + (<usize>total << 2);
  for (let strip = 0; strip < total; strip++) {
    const at = <usize>strip << 2;
    const base = values + (<usize>load<i32>(bases + at) << 3);
    const from = load<i32>(first + at);
    const diagonal = base + (<usize>strip << 7);
    const own = base + (<usize>from << 7);
    subtractTile(diagonal, own, own, 4 * (strip - from));
    let count: usize = 0;
    const end = load<i32>(last + at);
    for (let row = strip + 1; row <= end; row++) {
      const start = load<i32>(first + (<usize>row << 2));
      if (start > strip) continue;
      const common = <usize>max(from, start) << 7;
      const left = values + (<usize>load<i32>(bases + (<usize>row << 2)) << 3);
      const tile = left + (<usize>strip << 7);
      subtractTile(tile, left + common, base + common, 4 * (strip - max(from, start)));
      store<i32>(tiles + count, <i32>tile);
      store<i32>(below + count, row);
      count += 4;
    }
    const bad = eliminateTile(strip, diagonal, count, tiles, below, ground, pivots);
    if (bad >= 0) return bad;
  }
  return -1;
}

/** Eliminates the four vertices of a strip from the tiles below its diagonal. */
function eliminateTile(
  strip: i32,
  diagonal: usize,
  count: usize,
  tiles: usize,
  below: usize,
  ground: usize,
  pivots: usize,
): i32 {
  for (let lane = 0; lane < 4; lane++) {
    const vertex = 4 * strip + lane;
    const column = <usize>lane << 5;
    const own = diagonal + column;
    const earthed = load<f64>(ground + (<usize>vertex << 3));
    let pivot = earthed;
    for (let row = lane + 1; row < 4; row++) pivot -= load<f64>(own + (<usize>row << 3));
    for (let i: usize = 0; i < count; i += 4) {
      const tile = <usize>load<i32>(tiles + i) + column;
      pivot -= load<f64>(tile) + load<f64>(tile, 8) + (load<f64>(tile, 16) + load<f64>(tile, 24));
    }
    store<f64>(pivots + (<usize>vertex << 3), pivot);
    if (!(pivot > 0 && pivot < Infinity)) return vertex;
    const root = sqrt(pivot);
    const earth = earthed / root;
    for (let row = lane + 1; row < 4; row++) {
      const scaled = load<f64>(own + (<usize>row << 3)) / root;
      store<f64>(own + (<usize>row << 3), scaled);
      const to = ground + (<usize>(4 * strip + row) << 3);
      store<f64>(to, load<f64>(to) - scaled * earth);
    }
    // What is left of the diagonal tile below its diagonal; the diagonal itself is never looked at.
    for (let later = lane + 1; later < 4; later++) {
      const factor = load<f64>(own + (<usize>later << 3));
      for (let row = later + 1; row < 4; row++) {
        const to = diagonal + (<usize>later << 5) + (<usize>row << 3);
        store<f64>(to, load<f64>(to) - load<f64>(own + (<usize>row << 3)) * factor);
      }
    }
    for (let i: usize = 0; i < count; i += 4) {
      const tile = <usize>load<i32>(tiles + i);
      const grounds = ground + (<usize>load<i32>(below + i) << 5);
      for (let half: usize = 0; half < 32; half += 16) {
        const scaled = f64x2.div(v128.load(tile + column + half), f64x2.splat(root));
        v128.store(tile + column + half, scaled);
        const g = v128.load(grounds + half);
        v128.store(grounds + half, f64x2.sub(g, f64x2.mul(scaled, f64x2.splat(earth))));
        for (let later = lane + 1; later < 4; later++) {
          const to = tile + (<usize>later << 5) + half;
          const factor = v128.load64_splat(own + (<usize>later << 3));
          v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(scaled, factor)));
        }
      }
    }
  }
  return -1;
}
