import type { DisplacementTable } from '@wtilde/numerics';
import type { Engine } from '../engine/engine.js';

/**
 * The dense W (M, M) from a table of W by displacement. Every number is moved, none is computed: going one pixel to
 * the right with the second pixel is one step in the table, so a row of W is one slice per run of neighbours.
 */

/**
 * W from half of the displacements; for w_compact this is #7: with p = native_i - native_j,
 * W_ij = C[|p0|, (p0 >= 0 ? p1 : -p1) + N - 1].
 *
 * @param nativeIndexForSlimIndex (M, 2) row and column
 */
export function wTildeFromTable(
  engine: Engine,
  { rows, columns, values }: DisplacementTable,
  nativeIndexForSlimIndex: Int32Array,
): Float64Array {
  const width = 2 * columns - 1;
  const middle = columns - 1;
  const wOf = (down: number, right: number) =>
    values[middle + (down >= 0 ? down * width + right : -down * width - right)];
  return expand(engine, rows, columns, nativeIndexForSlimIndex, wOf);
}

/**
 * W (#8) from the preload: W_ij = table[(row_j - row_i) mod 2 Ny, (col_j - col_i) mod 2 Nx].
 *
 * @param wTildePreload (2 Ny, 2 Nx)
 * @param rows Ny
 * @param columns Nx
 * @param nativeIndexForSlimIndex (M, 2) row and column
 */
export function wTildeFromPreload(
  engine: Engine,
  wTildePreload: Float64Array,
  rows: number,
  columns: number,
  nativeIndexForSlimIndex: Int32Array,
): Float64Array {
  const wOf = (down: number, right: number) => {
    const dy = down > 0 ? 2 * rows - down : -down;
    const dx = right > 0 ? 2 * columns - right : -right;
    return wTildePreload[dy * 2 * columns + dx];
  };
  return expand(engine, rows, columns, nativeIndexForSlimIndex, wOf);
}

/**
 * Looks every displacement up once, 4 rows columns numbers, and moves M^2.
 *
 * @param wOf W between two pixels of which the first stands `down` rows below the second and `right` columns to its
 *   right
 */
function expand(
  engine: Engine,
  rows: number,
  columns: number,
  native: Int32Array,
  wOf: (down: number, right: number) => number,
): Float64Array {
  const pixels = native.length / 2;
  const width = 2 * columns - 1;
  const middle = (rows - 1) * width + columns - 1;
  const runs: number[] = [];
  for (let i = 0; i < pixels; i++) if (startsRun(native, i)) runs.push(i);
  return engine.scoped((arena) => {
    const table = arena.f64(Math.max(0, 2 * rows - 1) * width);
    const view = engine.heap.f64(table, Math.max(0, 2 * rows - 1) * width);
    for (let down = rows - 1, to = 0; down > -rows; down--) {
      for (let right = columns - 1; right > -columns; right--) view[to++] = wOf(down, right);
    }
    const places = new Int32Array(pixels);
    for (let i = 0; i < pixels; i++) places[i] = native[2 * i] * width + native[2 * i + 1];
    const lookUp = [table, middle, arena.putI32(places), pixels];
    const slices = [arena.putI32(Int32Array.of(...runs, pixels)), runs.length];
    const out = arena.f64(pixels * pixels);
    const items = Math.ceil(pixels / engine.call('expandRowCount'));
    engine.each('expandRows', items, pixels * (pixels >> 2), ...lookUp, ...slices, out);
    return engine.heap.copyF64(out, pixels * pixels);
  });
}

/** True where the left neighbour of a pixel is not the pixel before it. */
function startsRun(native: Int32Array, i: number): boolean {
  const follows = i > 0 && native[2 * i] === native[2 * i - 2] && native[2 * i + 1] === native[2 * i - 1] + 1;
  return !follows;
}
