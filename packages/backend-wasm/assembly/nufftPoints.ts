/** Rows and columns of a tile: a visibility touches its tile and the next ones only. */
const TILE_ROWS_BITS = 4;
const TILE_COLUMNS_BITS = 6;

/** Visibilities that are counted and moved by one thread, one part after the other. */
const PART = 8192;

/**
 * Where visibilities stand on the fine grid. `geometry` holds, as float64: pitch of a pixel along x and y in radians,
 * cells of a period along x and y, half the kernel's width, cells stored before the one of mode 0 along x and y, the
 * stride of the grid and the tiles of a band.
 *
 * A visibility stands at u d and v d turns, of which the whole ones are taken off exactly, times the cells of a
 * period. Both axes are the lanes of a vector.
 */
// @ts-ignore: decorator
@inline
function placeOf(uv: usize, pitch: v128, size: v128): v128 {
  const turns = f64x2.mul(v128.load(uv), pitch);
  return f64x2.mul(f64x2.sub(turns, f64x2.nearest(turns)), size);
}

/**
 * The sign bits of both lanes where a visibility stands above row 0. Only real parts of sums are wanted, and that of
 * q exp(i phi) is that of conj(q) exp(-i phi): such a visibility is taken as the conjugate one opposite, so that half
 * of the rows are enough.
 */
// @ts-ignore: decorator
@inline
function turnedAround(place: v128): v128 {
  return v128.and(v128.shuffle<f64>(place, place, 1, 1), i64x2.splat(0x8000000000000000));
}

/** The first of the `width` cells that a visibility touches: at or above its place less half the width. */
// @ts-ignore: decorator
@inline
function firstCell(place: v128, half: v128): v128 {
  return f64x2.ceil(f64x2.sub(place, half));
}

/** The tile of a cell: column and row in the first two lanes. */
// @ts-ignore: decorator
@inline
function tileOf(cell: v128, across: i32): i32 {
  const column = i32x4.extract_lane(cell, 0);
  const row = i32x4.extract_lane(cell, 1);
  return (row >> TILE_ROWS_BITS) * across + (column >> TILE_COLUMNS_BITS);
}

/** Tiles in a band of a grid, an even number. */
export function nufftTilesAcross(stride: i32): i32 {
  return (((stride >> TILE_COLUMNS_BITS) >> 1) + 1) << 1;
}

/** Bands of tiles of a grid, an even number. */
export function nufftBands(rows: i32): i32 {
  return (((rows >> TILE_ROWS_BITS) >> 1) + 1) << 1;
}

/**
 * Counts the visibilities of parts in every tile.
 *
 * @param counts (parts, tiles)
 */
export function nufftCount(
  item: i32,
  _thread: i32,
  geometry: usize,
  uv: usize,
  count: i32,
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
  const last = min(count, (item + 1) * PART);
  for (let k = item * PART; k < last; k++) {
    const place = placeOf(uv + (<usize>k << 4), pitch, size);
    const low = firstCell(v128.xor(place, turnedAround(place)), half);
    const cell = i32x4.trunc_sat_f64x2_s_zero(f64x2.add(low, shift));
    const to = mine + <usize>(4 * tileOf(cell, across));
    store<i32>(to, load<i32>(to) + 1);
  }
}

/**
 * Counts to places: where the visibilities of every part go in every tile, part after part.
 *
 * @param counts (parts, tiles), overwritten
 * @param tileStart (tiles + 1)
 */
export function nufftPlaces(parts: i32, tiles: i32, counts: usize, tileStart: usize): void {
  const rowBytes = <usize>tiles << 2;
  const end = counts + <usize>parts * rowBytes;
  memory.fill(tileStart, 0, rowBytes);
  for (let at = counts; at < end; at += rowBytes) {
    for (let tile: usize = 0; tile < rowBytes; tile += 4) {
      store<i32>(tileStart + tile, load<i32>(tileStart + tile) + load<i32>(at + tile));
    }
  }
  let place = 0;
  for (let tile: usize = 0; tile < rowBytes; tile += 4) {
    const found = load<i32>(tileStart + tile);
    store<i32>(tileStart + tile, place);
    place += found;
  }
  for (let at = counts; at < end; at += rowBytes) {
    for (let tile: usize = 0; tile < rowBytes; tile += 4) {
      const found = load<i32>(at + tile);
      const start = load<i32>(tileStart + tile);
      store<i32>(at + tile, start);
      store<i32>(tileStart + tile, start + found);
    }
  }
  // Every start has moved on to the next one.
  memory.copy(tileStart + 4, tileStart, rowBytes);
  store<i32>(tileStart, 0);
}

/**
 * Writes the visibilities of parts to their places, as records of 24 + 8 planes bytes: where one stands in its cell
 * along x and y, in half cells from -1 to 1; int32 where its first cell stands in a grid, in bytes; its strength on
 * every grid.
 *
 * @param planes 1 to 3 grids; the strength on the second one is imaginary
 */
export function nufftScatter(
  item: i32,
  _thread: i32,
  geometry: usize,
  uv: usize,
  planes: i32,
  first: usize,
  second: usize,
  third: usize,
  count: i32,
  tiles: i32,
  counts: usize,
  records: usize,
): void {
  const pitch = v128.load(geometry);
  const size = v128.load(geometry, 16);
  const half = v128.load64_splat(geometry, 32);
  const shift = v128.load(geometry, 40);
  const stride = <i32>load<f64>(geometry, 56);
  const across = <i32>load<f64>(geometry, 64);
  const bytes = recordBytes(planes);
  const mine = counts + <usize>(4 * item * tiles);
  const last = min(count, (item + 1) * PART);
  for (let k = item * PART; k < last; k++) {
    let where = placeOf(uv + (<usize>k << 4), pitch, size);
    const around = turnedAround(where);
    where = v128.xor(where, around);
    const low = firstCell(where, half);
    const cell = i32x4.trunc_sat_f64x2_s_zero(f64x2.add(low, shift));
    const next = mine + <usize>(4 * tileOf(cell, across));
    const place = load<i32>(next);
    store<i32>(next, place + 1);
    const to = records + <usize>place * bytes;
    const offset = f64x2.add(f64x2.sub(low, where), half);
    v128.store(to, f64x2.sub(f64x2.add(offset, offset), f64x2.splat(1)));
    store<i32>(to, (i32x4.extract_lane(cell, 1) * stride + i32x4.extract_lane(cell, 0)) << 3, 16);
    const at = <usize>k << 3;
    store<f64>(to, load<f64>(first + at), 24);
    if (planes > 1) store<i64>(to, load<i64>(second + at) ^ i64x2.extract_lane(around, 0), 32);
    if (planes > 2) store<f64>(to, load<f64>(third + at), 40);
  }
}

/** Of a visibility with its strength on so many grids. */
// @ts-ignore: decorator
@inline
export function recordBytes(planes: i32): usize {
  return <usize>(24 + 8 * planes);
}

/** Numbers of an item. */
const CLEARED = 65536;

/** Sets 65536 of `length` numbers to zero. */
export function clearNumbers(item: i32, _thread: i32, numbers: usize, length: i32): void {
  const first = item * CLEARED;
  memory.fill(numbers + (<usize>first << 3), 0, <usize>min(CLEARED, length - first) << 3);
}
