import type { DisplacementTable } from '@wtilde/numerics';

/**
 * The dense W (M, M) from a table of W by displacement. Every number is moved, none is computed.
 *
 * W depends on displacements only, so going one pixel to the right with both pixels changes nothing:
 * W_(i+1)(j+1) = W_ij while i, i + 1 and j, j + 1 are neighbours in an image row. A row of W is
 * therefore the row before it, moved on by one, except where a run of neighbours starts.
 */

/**
 * W at every displacement: values[(down + rows - 1) (2 columns - 1) + right + columns - 1] is W between two
 * pixels of which the first stands `down` rows below the second and `right` columns to its right.
 */
interface WholeTable {
  readonly rows: number;
  readonly columns: number;
  /** (2 rows - 1, 2 columns - 1). */
  readonly values: Float64Array;
}

/**
 * W (#7) from the half that w_compact is: with p = native_i - native_j,
 * W_ij = C[|p0|, (p0 >= 0 ? p1 : -p1) + columns - 1].
 *
 * @param half (rows, 2 columns - 1)
 * @param nativeIndexForSlimIndex (M, 2) row and column
 * @param out (M, M), overwritten; new when left out
 */
export function wTildeFromHalf(
  half: DisplacementTable,
  nativeIndexForSlimIndex: Int32Array,
  out?: Float64Array,
): Float64Array {
  return expand(nativeIndexForSlimIndex, wholeOfHalf(half), out);
}

/**
 * W (#8) from the preload: W_ij = table[(row_j - row_i) mod 2 Ny, (col_j - col_i) mod 2 Nx].
 *
 * @param wTildePreload (2 Ny, 2 Nx)
 * @param rows Ny
 * @param columns Nx
 * @param nativeIndexForSlimIndex (M, 2) row and column
 * @param out (M, M), overwritten; new when left out
 */
export function wTildeFromPreload(
  wTildePreload: Float64Array,
  rows: number,
  columns: number,
  nativeIndexForSlimIndex: Int32Array,
  out?: Float64Array,
): Float64Array {
  return expand(nativeIndexForSlimIndex, wholeOfPreload(wTildePreload, rows, columns), out);
}

/** The rows of the half for displacements downwards, and turned round for those upwards. */
function wholeOfHalf({ rows, columns, values: half }: DisplacementTable): WholeTable {
  const width = Math.max(2 * columns - 1, 0);
  const values = new Float64Array(Math.max(2 * rows - 1, 0) * width);
  for (let down = 0; down < rows; down++) {
    const row = down * width;
    values.set(half.subarray(row, row + width), (rows - 1) * width + row);
    if (down === 0) continue;
    const up = (rows - 1 - down) * width;
    for (let right = 0; right < width; right++) values[up + right] = half[row + width - 1 - right];
  }
  return { rows, columns, values };
}

/** The preload from [-row, -column] on, each modulo its size: 4 Ny Nx numbers, all of them its own. */
function wholeOfPreload(wTildePreload: Float64Array, rows: number, columns: number): WholeTable {
  const values = new Float64Array(Math.max(2 * rows - 1, 0) * Math.max(2 * columns - 1, 0));
  for (let down = 1 - rows, to = 0; down < rows; down++) {
    const row = (down > 0 ? 2 * rows - down : -down) * 2 * columns;
    for (let left = columns - 1; left >= 0; left--) values[to++] = wTildePreload[row + left];
    for (let left = 2 * columns - 1; left > columns; left--) values[to++] = wTildePreload[row + left];
  }
  return { rows, columns, values };
}

/** M memory moves of M numbers, and one look-up per pixel and run. */
function expand(
  native: Int32Array,
  { rows, columns, values }: WholeTable,
  out: Float64Array = new Float64Array((native.length / 2) ** 2),
): Float64Array {
  const imagePixels = native.length / 2;
  const width = 2 * columns - 1;
  const middle = (rows - 1) * width + columns - 1;
  const places = Int32Array.from({ length: imagePixels }, (_, i) => native[2 * i] * width + native[2 * i + 1]);
  const everyPixel = Int32Array.from({ length: imagePixels }, (_, i) => i);
  const runs = everyPixel.filter((i) => startsRun(native, i));
  for (let i = 0, run = 0; i < imagePixels; i++) {
    const to = i * imagePixels;
    const fresh = i === runs[run];
    if (fresh) run++;
    else out.copyWithin(to + 1, to - imagePixels, to - 1);
    const place = middle + places[i];
    const lookedUp = fresh ? everyPixel : runs;
    for (let n = 0; n < lookedUp.length; n++) out[to + lookedUp[n]] = values[place - places[lookedUp[n]]];
  }
  return out;
}

/** True where the left neighbour of a pixel is not the pixel before it. */
function startsRun(native: Int32Array, i: number): boolean {
  const follows = i > 0 && native[2 * i] === native[2 * i - 2] && native[2 * i + 1] === native[2 * i - 1] + 1;
  return !follows;
}
