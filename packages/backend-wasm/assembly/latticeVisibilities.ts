import { fillLatticeAxes } from './latticeAxes';
import { addTile } from './tile';
import { cosSinOfTurns, fraction } from './turns';
import { madd, nmadd, strips } from './vector';

/** Visibilities per item: a strip of a table and of a sum then stay in the first-level cache. */
const BLOCK = 128;
/** Numbers from one row of a table to the next: not a power of two, so that rows do not share a cache set. */
const LINE = BLOCK + 8;
/** Rows after which a rotation starts afresh. */
const ROWS_PER_ANCHOR = 16;

/** Numbers of scratch that `latticeVisibilitiesBlock` needs per thread. */
export function latticeVisibilitiesScratch(rows: i32, columns: i32): i32 {
  const half = (columns + 1) >> 1;
  return LINE * (2 * rows + 2 * half + 8 + 12) + 8 * LINE;
}

/**
 * The forward transform of an image on a lattice for one block of visibilities. With A and B the sum and the
 * difference of the image's two columns at +-h from the middle X of the row,
 * V_k = sum_r exp(-i row phase) (sum_h A_rh cos(h alpha_k) - i sum_h B_rh sin(h alpha_k)).
 *
 * @param folded A, then B: strips of four rows, element (r, h) at 4 half floor(r / 4) + 4 h + r mod 4
 * @param out (K) complex
 */
export function latticeVisibilitiesBlock(
  item: i32,
  thread: i32,
  uv: usize,
  total: i32,
  rows: i32,
  columns: i32,
  x0: f64,
  y0: f64,
  pitchX: f64,
  pitchY: f64,
  folded: usize,
  out: usize,
  scratch: usize,
  scratchBytes: usize,
): void {
  const half = (columns + 1) >> 1;
  const line: usize = 8 * LINE;
  const first = item * BLOCK;
  const count = min(BLOCK, total - first);
  const rowRe = scratch + <usize>thread * scratchBytes;
  const rowIm = rowRe + <usize>rows * line;
  const columnRe = rowIm + <usize>rows * line;
  const columnIm = columnRe + <usize>half * line;
  const evenSums = columnIm + <usize>half * line;
  const oddSums = evenSums + 4 * line;
  const axes = oddSums + 4 * line;
  const rest = axes + 4 * line;
  const sumRe = rest + 5 * line;
  const sumIm = sumRe + line;
  fillLatticeAxes(axes, LINE, uv + (<usize>first << 4), count, columns, x0, y0, pitchX, pitchY);
  fillRows(rowRe, rowIm, rows, count, axes, axes + line, rest);
  fillRows(columnRe, columnIm, half, count, axes + 2 * line, axes + 3 * line, rest);
  memory.fill(sumRe, 0, 2 * line);
  const stripBytes = <usize>half << 5;
  const odd = <usize>strips(rows) * stripBytes;
  const end = <usize>count << 3;
  for (let r = 0; r < rows; r += 4) {
    memory.fill(evenSums, 0, 8 * line);
    const strip = folded + <usize>(r >> 2) * stripBytes;
    for (let k: usize = 0; k < end; k += 32) {
      addTile(evenSums + k, line, columnRe + k, line, strip, half);
      addTile(oddSums + k, line, columnIm + k, line, strip + odd, half);
    }
    const lanes = min(4, rows - r);
    for (let lane = 0; lane < lanes; lane++) {
      const row = <usize>(r + lane) * line;
      const part = <usize>lane * line;
      for (let k: usize = 0; k < end; k += 16) {
        const re = v128.load(rowRe + row + k);
        const im = v128.load(rowIm + row + k);
        const even = v128.load(evenSums + part + k);
        const odds = v128.load(oddSums + part + k);
        v128.store(sumRe + k, madd(re, even, nmadd(im, odds, v128.load(sumRe + k))));
        v128.store(sumIm + k, nmadd(im, even, nmadd(re, odds, v128.load(sumIm + k))));
      }
    }
  }
  let to = out + (<usize>first << 4);
  for (let k: usize = 0; k < end; k += 8) {
    store<f64>(to, load<f64>(sumRe + k));
    store<f64>(to, load<f64>(sumIm + k), 8);
    to += 16;
  }
}

/** re + i im at (row, k) is exp(2 pi i (start_k + row step_k)), row by row, LINE numbers apart. */
function fillRows(re: usize, im: usize, rows: i32, count: i32, start: usize, step: usize, scratch: usize): void {
  const line: usize = 8 * LINE;
  const stepRe = scratch;
  const stepIm = stepRe + line;
  const turns = stepIm + line;
  const end = <usize>count << 3;
  cosSinOfTurns(step, count, stepRe, stepIm);
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_PER_ANCHOR == 0) {
      for (let k: usize = 0; k < end; k += 8) {
        store<f64>(turns + k, load<f64>(start + k) + fraction(<f64>row * load<f64>(step + k)));
      }
      cosSinOfTurns(turns, count, re, im);
    } else {
      for (let k: usize = 0; k < end; k += 16) {
        const zr = v128.load(re - line + k);
        const zi = v128.load(im - line + k);
        const wr = v128.load(stepRe + k);
        const wi = v128.load(stepIm + k);
        v128.store(re + k, nmadd(zi, wi, f64x2.mul(zr, wr)));
        v128.store(im + k, madd(zi, wr, f64x2.mul(zr, wi)));
      }
    }
    re += line;
    im += line;
  }
}
