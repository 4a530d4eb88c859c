import type { LatticeFrame, OnBlock } from '@wtilde/numerics';
import { addStripTimes, STRIP, stripCount, TILE_AREA } from '@wtilde/numerics';
import { columnsRightOfMiddle, createLatticeAxes, fillLatticeAxes } from './latticeAxes.js';
import { createRotationTable, fillRotationTable, type RotationTable } from './rotationTable.js';

/** Visibilities per block: a strip of a table and of a sum then stay in the first-level cache. */
const BLOCK = 192;

/**
 * The forward transform (#26) of an image on a lattice, by products of per-axis factors:
 * V_k = sum_rc image[r, c] exp(-2 pi i (x_c u_k + y_r v_k)).
 *
 * The transpose of `latticeSums`. With A and B the sum and the difference of the image's two columns
 * at +-p from the middle X of the row,
 *
 *   V_k = sum_r exp(-2 pi i (X u + y_r v)) (sum_p A_rp cos(p alpha_k) - i sum_p B_rp sin(p alpha_k)),
 *
 * 2 rows columns K operations. Needs no memory that grows with K.
 *
 * @param image (rows, columns); masked pixels hold 0
 * @param uvWavelengths (K, 2)
 * @param out (K) complex, interleaved, overwritten
 */
export function latticeVisibilities(
  image: Float64Array,
  uvWavelengths: Float64Array,
  lattice: LatticeFrame,
  out: Float64Array,
  onBlock?: OnBlock,
): void {
  const { rows, columns } = lattice;
  const total = out.length / 2;
  out.fill(0);
  if (rows === 0 || columns === 0) return;
  const half = columnsRightOfMiddle(columns);
  const capacity = Math.min(BLOCK, Math.max(total, 1));
  const rowTable = createRotationTable(rows, capacity);
  const columnTable = createRotationTable(half, capacity);
  const axes = createLatticeAxes(capacity);
  const ones = new Float64Array(capacity).fill(1);
  const { even, odd } = foldImage(image, rows, columns);
  const evenSums = new Float64Array(STRIP * capacity);
  const oddSums = new Float64Array(STRIP * capacity);
  for (let first = 0; first < total; first += capacity) {
    const count = Math.min(capacity, total - first);
    fillLatticeAxes(axes, uvWavelengths, first, count, lattice);
    const { rowStart, rowStep, columnStart, columnStep } = axes;
    fillRotationTable(rowTable, count, rowStart, rowStep, ones);
    fillRotationTable(columnTable, count, columnStart, columnStep, ones);
    for (let strip = 0; strip < stripCount(rows); strip++) {
      sumStrip(even, columnTable, columnTable.re, strip, count, evenSums);
      sumStrip(odd, columnTable, columnTable.im, strip, count, oddSums);
      addRows(rowTable, strip, evenSums, oddSums, count, out, 2 * first);
    }
    onBlock?.(first + count, total);
  }
}

/** sums[3 k + i] = sum_p folded[row i of the strip, p] factors[p, k]. */
function sumStrip(
  folded: Float64Array,
  { rows, capacity }: RotationTable,
  factors: Float64Array,
  strip: number,
  count: number,
  sums: Float64Array,
): void {
  sums.fill(0);
  const columnStrips = stripCount(rows);
  const length = STRIP * capacity;
  let tile = strip * columnStrips * TILE_AREA;
  for (let j = 0; j < columnStrips; j++, tile += TILE_AREA) {
    addStripTimes(folded, tile, factors, j * length, count, sums, 0);
  }
}

/** V_k += sum over a strip of rows of exp(-i phase) (even - i odd). */
function addRows(
  { re, im, capacity }: RotationTable,
  strip: number,
  evenSums: Float64Array,
  oddSums: Float64Array,
  count: number,
  out: Float64Array,
  to: number,
): void {
  let i = strip * STRIP * capacity;
  for (let k = 0, j = 0, o = to; k < count; k++, o += 2) {
    let sumRe = 0;
    let sumIm = 0;
    for (let lane = 0; lane < STRIP; lane++, i++, j++) {
      sumRe += re[i] * evenSums[j] - im[i] * oddSums[j];
      sumIm -= im[i] * evenSums[j] + re[i] * oddSums[j];
    }
    out[o] += sumRe;
    out[o + 1] += sumIm;
  }
}

/** The sum and the difference of the columns at +-p from the middle, in 3 x 3 tiles padded with 0. */
function foldImage(image: Float64Array, rows: number, columns: number): { even: Float64Array; odd: Float64Array } {
  const half = columnsRightOfMiddle(columns);
  const columnStrips = stripCount(half);
  const even = new Float64Array(stripCount(rows) * columnStrips * TILE_AREA);
  const odd = new Float64Array(even.length);
  for (let r = 0; r < rows; r++) {
    const strip = Math.floor(r / STRIP);
    const lane = r - strip * STRIP;
    for (let h = 0; h < half; h++) {
      const columnStrip = Math.floor(h / STRIP);
      const tile = (strip * columnStrips + columnStrip) * TILE_AREA;
      const at = tile + STRIP * lane + (h - columnStrip * STRIP);
      const right = image[r * columns + (columns >> 1) + h];
      const left = image[r * columns + half - 1 - h];
      const onMiddle = columns % 2 === 1 && h === 0;
      even[at] = onMiddle ? right : right + left;
      odd[at] = onMiddle ? 0 : right - left;
    }
  }
  return { even, odd };
}
