/**
 * The dense W (M, M) from a table of W by displacement. Every number is moved, none is computed.
 *
 * W depends on displacements only, so going one pixel to the right with both pixels changes nothing:
 * W_(i+1)(j+1) = W_ij while i, i + 1 and j, j + 1 are neighbours in an image row. A row of W is
 * therefore the row before it, moved on by one, except where a run of neighbours starts.
 */

/**
 * W (#7) from w_compact: with p = native_i - native_j,
 * W_ij = C[|p0|, (p0 >= 0 ? p1 : -p1) + N - 1].
 *
 * @param wCompact (N, 2 N - 1)
 * @param gridSize N
 * @param nativeIndexForSlimIndex (M, 2) row and column
 * @param out (M, M), overwritten; new when left out
 */
export function wTildeFromCompact(
  wCompact: Float64Array,
  gridSize: number,
  nativeIndexForSlimIndex: Int32Array,
  out?: Float64Array,
): Float64Array {
  const width = 2 * gridSize - 1;
  const middle = gridSize - 1;
  const wOf = (down: number, right: number): number =>
    wCompact[middle + (down >= 0 ? down * width + right : -down * width - right)];
  return expand(nativeIndexForSlimIndex, wOf, out);
}

/**
 * W (#8) from the preload: W_ij = table[(row_j - row_i) mod 2 Ny, (col_j - col_i) mod 2 Nx].
 *
 * @param wTildePreload (2 Ny, 2 Nx)
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
  const width = 2 * columns;
  const wOf = (down: number, right: number): number => {
    const dy = down > 0 ? 2 * rows - down : -down;
    const dx = right > 0 ? width - right : -right;
    return wTildePreload[dy * width + dx];
  };
  return expand(nativeIndexForSlimIndex, wOf, out);
}

/**
 * M memory moves of M numbers and one look-up per pixel and run.
 *
 * @param wOf W between two pixels of which the first stands `down` rows below the second and `right`
 *   columns to its right
 */
function expand(
  native: Int32Array,
  wOf: (down: number, right: number) => number,
  out: Float64Array = new Float64Array((native.length / 2) ** 2),
): Float64Array {
  const imagePixels = native.length / 2;
  const runs = runStarts(native);
  const everyPixel = Int32Array.from({ length: imagePixels }, (_, i) => i);
  for (let i = 0, run = 0; i < imagePixels; i++) {
    const to = i * imagePixels;
    const startsRun = i === runs[run];
    if (startsRun) run++;
    else out.copyWithin(to + 1, to - imagePixels, to - 1);
    for (const j of startsRun ? everyPixel : runs) {
      out[to + j] = wOf(native[2 * i] - native[2 * j], native[2 * i + 1] - native[2 * j + 1]);
    }
  }
  return out;
}

/** The slim indices of the pixels whose left neighbour is not the pixel before them. */
function runStarts(native: Int32Array): Int32Array {
  const starts: number[] = [];
  for (let i = 0; i < native.length / 2; i++) {
    const follows = i > 0 && native[2 * i] === native[2 * i - 2] && native[2 * i + 1] === native[2 * i - 1] + 1;
    if (!follows) starts.push(i);
  }
  return Int32Array.from(starts);
}
