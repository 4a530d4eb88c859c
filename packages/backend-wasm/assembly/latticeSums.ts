import { fillLatticeAxes } from './latticeAxes';
import { fillRotationTable } from './rotationTable';
import { addTile } from './tile';
import { strips } from './vector';

/** Visibilities per block: two strips of a table then stay in the first-level cache. */
const BLOCK = 128;

/** Numbers of scratch that `latticeSumsChunk` needs per thread. */
export function latticeSumsScratch(rows: i32, columns: i32): i32 {
  const tables = 8 * BLOCK * (strips(rows) + strips((columns + 1) >> 1));
  return tables + 12 * BLOCK;
}

/**
 * Adds one chunk of the visibilities to its own even and odd sums over a lattice:
 * even[r, h] += sum P cos, odd[r, h] += sum Q sin, P + i Q = q exp(i row phase). A product of per-axis tables.
 *
 * The sums are tiles of 4 x 4, rows by columns, first all even then all odd ones.
 *
 * @param sums of chunk 0; those of the others follow `sumsBytes` apart
 */
export function latticeSumsChunk(
  item: i32,
  thread: i32,
  uv: usize,
  re: usize,
  im: usize,
  total: i32,
  perChunk: i32,
  rows: i32,
  columns: i32,
  x0: f64,
  y0: f64,
  pitchX: f64,
  pitchY: f64,
  sums: usize,
  sumsBytes: usize,
  scratch: usize,
  scratchBytes: usize,
): void {
  const half = (columns + 1) >> 1;
  const rowStrips = strips(rows);
  const columnStrips = strips(half);
  const length: usize = 32 * BLOCK;
  const rowRe = scratch + <usize>thread * scratchBytes;
  const rowIm = rowRe + <usize>rowStrips * length;
  const columnRe = rowIm + <usize>rowStrips * length;
  const columnIm = columnRe + <usize>columnStrips * length;
  const axes = columnIm + <usize>columnStrips * length;
  const rest = axes + 32 * BLOCK;
  const even = sums + <usize>item * sumsBytes;
  const odd = even + (<usize>(rowStrips * columnStrips) << 7);
  const last = min(total, (item + 1) * perChunk);
  for (let first = item * perChunk; first < last; first += BLOCK) {
    const count = min(BLOCK, last - first);
    const at = <usize>first << 3;
    fillLatticeAxes(axes, BLOCK, uv + 2 * at, count, columns, x0, y0, pitchX, pitchY);
    const qIm: usize = im == 0 ? 0 : im + at;
    fillRotationTable(rowRe, rowIm, rows, BLOCK, count, axes, axes + 8 * BLOCK, re + at, qIm, rest);
    fillRotationTable(columnRe, columnIm, half, BLOCK, count, axes + 16 * BLOCK, axes + 24 * BLOCK, 0, 0, rest);
    let tile: usize = 0;
    for (let i = 0; i < rowStrips; i++) {
      const b = <usize>i * length;
      for (let j = 0; j < columnStrips; j++) {
        const a = <usize>j * length;
        addTile(even + tile, 32, columnRe + a, 32, rowRe + b, count);
        addTile(odd + tile, 32, columnIm + a, 32, rowIm + b, count);
        tile += 128;
      }
    }
  }
}

/**
 * Four rows of the result from the sums of all chunks, added in their order: out[r, middle +- h] = even -+ odd.
 *
 * @param item the strip of rows
 */
export function latticeSumsUnfold(
  item: i32,
  _thread: i32,
  rows: i32,
  columns: i32,
  sums: usize,
  sumsBytes: usize,
  chunks: i32,
  out: usize,
): void {
  const half = (columns + 1) >> 1;
  const columnStrips = strips(half);
  const odd = <usize>(strips(rows) * columnStrips) << 7;
  const last = min(4, rows - 4 * item);
  for (let lane = 0; lane < last; lane++) {
    const row = out + (<usize>((4 * item + lane) * columns) << 3);
    for (let h = 0; h < half; h++) {
      let at = sums + (<usize>(16 * (item * columnStrips + (h >> 2)) + 4 * lane + (h & 3)) << 3);
      let evenSum = 0.0;
      let oddSum = 0.0;
      for (let chunk = 0; chunk < chunks; chunk++) {
        evenSum += load<f64>(at);
        oddSum += load<f64>(at + odd);
        at += sumsBytes;
      }
      store<f64>(row + (<usize>((columns >> 1) + h) << 3), evenSum - oddSum);
      store<f64>(row + (<usize>(half - 1 - h) << 3), evenSum + oddSum);
    }
  }
}
