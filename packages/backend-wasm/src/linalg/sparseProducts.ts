import type { SparseColumns } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';

/** Rows made at a time, as the compiled code has it. */
const LANES = 8;

/** T by columns in the memory. */
export interface PutColumns {
  readonly pixels: number;
  readonly entries: number;
  readonly columnStart: number;
  readonly rows: number;
  /** The row of every entry times the width of the matrix that T is multiplied with. */
  readonly offsets: number;
  readonly weights: number;
}

export function putColumns(arena: Arena, columns: SparseColumns, width: number): PutColumns {
  const { columnCount, starts, rows, values } = columns;
  return {
    pixels: columnCount,
    entries: rows.length,
    columnStart: arena.putI32(starts),
    rows: arena.putI32(rows),
    offsets: arena.written(rows.length, (to) => {
      for (let entry = 0; entry < to.length; entry++) to[entry] = rows[entry] * width;
    }),
    weights: arena.putF64(values),
  };
}

/**
 * T^t X: row s of the result is the combination of the rows of X that column s of T names. 2 E S2 operations with E
 * entries in T, all on contiguous rows.
 *
 * @param matrix where X (M, width) stands
 * @param out where (S, width) is to stand
 */
export function transposeMatmul(
  engine: Engine,
  { pixels, entries, columnStart, offsets, weights }: PutColumns,
  matrix: number,
  width: number,
  out: number,
): void {
  const items = Math.ceil(pixels / LANES);
  const work = 2 * entries * width;
  engine.each('transposeMatmul', items, work, columnStart, offsets, weights, pixels, matrix, width, out);
}

/**
 * F = T^t W T from a dense W and a sparse T, eight rows of F at a time: eight rows of T^t W, kept with the numbers of
 * an image pixel side by side, then gathered through the columns of T. Every element is computed for whatever W is.
 * 2 E M operations on contiguous rows and 2 E S gathered ones.
 *
 * @param w where (M, M) stands
 * @param out where (S, S) is to stand
 */
export function curvatureFromDenseW(
  engine: Engine,
  { pixels, entries, columnStart, rows, offsets, weights }: PutColumns,
  w: number,
  imagePixels: number,
  out: number,
): void {
  const padded = 8 * Math.ceil(imagePixels / 8);
  engine.scoped((arena) => {
    const scratch = arena.f64(engine.threads * 2 * LANES * padded);
    const mapping = [columnStart, offsets, rows, weights, pixels];
    const work = 2 * entries * (imagePixels + pixels);
    const items = Math.ceil(pixels / LANES);
    engine.each('curvatureFromDenseW', items, work, ...mapping, w, imagePixels, padded, out, scratch);
  });
}
