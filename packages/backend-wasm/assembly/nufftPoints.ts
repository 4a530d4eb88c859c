/** Rows and columns of a tile: a visibility of a band of tiles touches that band and the next one only. */
const TILE_ROWS_BITS = 4;
const TILE_COLUMNS_BITS = 6;

/**
 * Where visibilities stand on the fine grid. `geometry` holds, as float64: pitch of a pixel along x and y in radians,
 * cells of a period along x and y, half the kernel's width, cells before the first of the period along x and y, the
 * stride of the grid and the tiles of a band.
 *
 * A visibility stands at u d and v d turns, of which the whole ones are taken off exactly, times the cells of a
 * period. It touches `width` cells from the first one at or above its place less half the width. Both axes are the
 * lanes of a vector.
 */
// @ts-ignore: decorator
@inline
function placeOf(uv: usize, pitch: v128, size: v128): v128 {
  const turns = f64x2.mul(v128.load(uv), pitch);
  return f64x2.mul(f64x2.sub(turns, f64x2.nearest(turns)), size);
}

/** The tile of a cell: column and row in the first two lanes. */
// @ts-ignore: decorator
@inline
function tileOf(cell: v128, across: i32): i32 {
  const column = i32x4.extract_lane(cell, 0);
  const row = i32x4.extract_lane(cell, 1);
  return (row >> TILE_ROWS_BITS) * across + (column >> TILE_COLUMNS_BITS);
}

/** Tiles in a band of a grid. */
export function nufftTilesAcross(stride: i32): i32 {
  return (stride >> TILE_COLUMNS_BITS) + 1;
}

/** Bands of tiles of a grid, an even number. */
export function nufftBands(rows: i32): i32 {
  return (((rows >> TILE_ROWS_BITS) >> 1) + 1) << 1;
}

/** Counts the visibilities of one part in every tile. */
export function nufftCount(
  item: i32,
  _thread: i32,
  geometry: usize,
  uv: usize,
  count: i32,
  perItem: i32,
  tiles: i32,
  counts: usize,
): void {
  const pitch = v128.load(geometry);
  const size = v128.load(geometry, 16);
  const half = v128.load64_splat(geometry, 32);
  const shift = v128.load(geometry, 40);
  const across = <i32>load<f64>(geometry, 64);
  const mine = counts + <usize>(4 * item * tiles);
  memory.fill(mine, 0, <usize>(4 * tiles));
  const last = min(count, (item + 1) * perItem);
  for (let k = item * perItem; k < last; k++) {
    const low = f64x2.ceil(f64x2.sub(placeOf(uv + (<usize>k << 4), pitch, size), half));
    const cell = i32x4.trunc_sat_f64x2_s_zero(f64x2.add(low, shift));
    const to = mine + <usize>(4 * tileOf(cell, across));
    store<i32>(to, load<i32>(to) + 1);
  }
}

/**
 * Counts to places: where the visibilities of every part go in every tile, part after part.
 *
 * @param tileStart (tiles + 1)
 */
export function nufftPlaces(parts: i32, tiles: i32, counts: usize, tileStart: usize): void {
  let place = 0;
  for (let tile = 0; tile < tiles; tile++) {
    store<i32>(tileStart + <usize>(4 * tile), place);
    for (let part = 0; part < parts; part++) {
      const at = counts + <usize>(4 * (part * tiles + tile));
      const found = load<i32>(at);
      store<i32>(at, place);
      place += found;
    }
  }
  store<i32>(tileStart + <usize>(4 * tiles), place);
}

/**
 * Writes the visibilities of one part to their places: the first cell of each in the stored grid, and four numbers:
 * where it stands in its cell along x and y, in half cells from -1 to 1, and its strength.
 */
export function nufftScatter(
  item: i32,
  _thread: i32,
  geometry: usize,
  uv: usize,
  re: usize,
  im: usize,
  count: i32,
  perItem: i32,
  tiles: i32,
  counts: usize,
  cells: usize,
  points: usize,
): void {
  const pitch = v128.load(geometry);
  const size = v128.load(geometry, 16);
  const half = v128.load64_splat(geometry, 32);
  const shift = v128.load(geometry, 40);
  const stride = <i32>load<f64>(geometry, 56);
  const across = <i32>load<f64>(geometry, 64);
  const mine = counts + <usize>(4 * item * tiles);
  const last = min(count, (item + 1) * perItem);
  for (let k = item * perItem; k < last; k++) {
    const where = placeOf(uv + (<usize>k << 4), pitch, size);
    const low = f64x2.ceil(f64x2.sub(where, half));
    const cell = i32x4.trunc_sat_f64x2_s_zero(f64x2.add(low, shift));
    const next = mine + <usize>(4 * tileOf(cell, across));
    const place = load<i32>(next);
    store<i32>(next, place + 1);
    const row = i32x4.extract_lane(cell, 1);
    store<i32>(cells + <usize>(4 * place), row * stride + i32x4.extract_lane(cell, 0));
    const to = points + (<usize>place << 5);
    const offset = f64x2.add(f64x2.sub(low, where), half);
    v128.store(to, f64x2.sub(f64x2.add(offset, offset), f64x2.splat(1)));
    store<f64>(to, load<f64>(re + (<usize>k << 3)), 16);
    store<f64>(to, im == 0 ? 0 : load<f64>(im + (<usize>k << 3)), 24);
  }
}
