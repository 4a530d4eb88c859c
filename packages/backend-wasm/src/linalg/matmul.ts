import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';

/** Strips of an item: the most whose part of A stays in the second-level cache, the least that are worth a turn. */
const [MOST_STRIPS, LEAST_STRIPS] = [48, 8];
/** Rows of an item of `unpad`, as the compiled code has it. */
const UNPADDED = 32;

/** C = A B in the memory, with rows of `step` bytes that are padded to whole tiles. */
export interface PaddedMatrix {
  readonly pointer: number;
  readonly step: number;
}

/** Columns of a row-major (terms, columns) matrix by strips of four. */
export function packColumns(engine: Engine, arena: Arena, matrix: number, terms: number, columns: number): number {
  const strips = Math.ceil(columns / 4);
  const packed = arena.f64(4 * strips * terms);
  engine.each('packColumns', strips, 2 * terms * columns, matrix, terms, columns, packed);
  return packed;
}

/** Rows of a row-major (rows, terms) matrix by strips of four: `packColumns` of its transpose. */
export function packRows(engine: Engine, arena: Arena, matrix: number, rows: number, terms: number): number {
  const strips = Math.ceil(rows / 4);
  const packed = arena.f64(4 * strips * terms);
  engine.each('packRows', strips, 2 * rows * terms, matrix, rows, terms, packed);
  return packed;
}

/**
 * C = A B by tiles of 4 x 4 sums in registers.
 *
 * @param a A (rows, terms) by `packRows`
 * @param b B (terms, columns) by `packColumns`
 */
export function matmulPacked(
  engine: Engine,
  arena: Arena,
  a: number,
  b: number,
  rows: number,
  columns: number,
  terms: number,
): PaddedMatrix {
  const width = 4 * Math.ceil(columns / 4);
  const strips = Math.ceil(rows / 4);
  const pointer = arena.f64(4 * strips * width);
  // Four items for every thread, so that none waits long for another.
  const perItem = Math.min(MOST_STRIPS, Math.max(LEAST_STRIPS, Math.ceil(strips / (4 * engine.threads))));
  const shape = [rows, columns, terms, perItem];
  engine.each('matmul', Math.ceil(strips / perItem), 2 * rows * columns * terms, a, b, ...shape, pointer, 8 * width);
  return { pointer, step: 8 * width };
}

/** Copies a padded matrix to C order. */
export function unpad(
  engine: Engine,
  { pointer, step }: PaddedMatrix,
  rows: number,
  columns: number,
  out: number,
): void {
  engine.each('unpad', Math.ceil(rows / UNPADDED), rows * columns, pointer, step, rows, columns, out);
}
