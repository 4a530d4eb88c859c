import type { LatticeFrame, OnBlock, Strengths } from '@wtilde/numerics';
import { addStripProduct, STRIP, stripCount, TILE_AREA } from '@wtilde/numerics';
import { columnsRightOfMiddle, createLatticeAxes, fillLatticeAxes } from './latticeAxes.js';
import { createRotationTable, fillRotationTable, type RotationTable } from './rotationTable.js';

/** Visibilities per block: two strips of a table then stay in the first-level cache. */
const BLOCK = 96;

/**
 * Sums over visibilities on every point of a lattice, by products of per-axis factors.
 *
 * out[r, c] = sum_k Re(q_k exp(2 pi i (x_c u_k + y_r v_k))). With x_c = X + p_c d about the middle X
 * of the row, P + i Q = q exp(2 pi i (X u + y_r v)) and alpha = 2 pi d u,
 *
 *   out[r, +-p] = sum_k P_rk cos(p alpha_k) -+ sum_k Q_rk sin(p alpha_k),
 *
 * two matrix products over k with half of the columns: 2 rows columns K operations, against a cosine
 * per point and visibility. Trigonometry is left for (rows + columns) K rotations. Needs no memory
 * that grows with K. Error 1e-15 sum |q| beyond the rounding of the phases.
 *
 * @param uvWavelengths (K, 2) u, v interleaved
 * @param out (rows, columns), overwritten
 */
export function latticeSums(
  strengths: Strengths,
  uvWavelengths: Float64Array,
  lattice: LatticeFrame,
  out: Float64Array,
  onBlock?: OnBlock,
): void {
  const { rows, columns } = lattice;
  if (rows === 0 || columns === 0) return;
  const total = strengths.length;
  const half = columnsRightOfMiddle(columns);
  const capacity = Math.min(BLOCK, Math.max(total, 1));
  const rowTable = createRotationTable(rows, capacity);
  const columnTable = createRotationTable(half, capacity);
  const axes = createLatticeAxes(capacity);
  const re = new Float64Array(capacity);
  const im = new Float64Array(capacity);
  const ones = new Float64Array(capacity).fill(1);
  const tiles = stripCount(rows) * stripCount(half) * TILE_AREA;
  const even = new Float64Array(tiles);
  const odd = new Float64Array(tiles);
  for (let first = 0; first < total; first += capacity) {
    const count = Math.min(capacity, total - first);
    strengths.fill(first, count, re, im);
    fillLatticeAxes(axes, uvWavelengths, first, count, lattice);
    const { rowStart, rowStep, columnStart, columnStep } = axes;
    fillRotationTable(rowTable, count, rowStart, rowStep, re, im);
    fillRotationTable(columnTable, count, columnStart, columnStep, ones);
    addProducts(rowTable, columnTable, count, even, odd);
    onBlock?.(first + count, total);
  }
  unfold(even, odd, rows, columns, out);
}

/** even += P cos^t, odd += Q sin^t over the visibilities of a block, tile by tile. */
function addProducts(
  rowTable: RotationTable,
  columnTable: RotationTable,
  count: number,
  even: Float64Array,
  odd: Float64Array,
): void {
  const rowStrips = stripCount(rowTable.rows);
  const columnStrips = stripCount(columnTable.rows);
  const length = STRIP * rowTable.capacity;
  let tile = 0;
  for (let i = 0; i < rowStrips; i++) {
    const a = i * length;
    for (let j = 0; j < columnStrips; j++, tile += TILE_AREA) {
      const b = j * length;
      addStripProduct(rowTable.re, a, columnTable.re, b, count, even, tile);
      addStripProduct(rowTable.im, a, columnTable.im, b, count, odd, tile);
    }
  }
}

/** Tiles of the even and odd parts to rows: columns to the right of the middle and their mirrors. */
function unfold(even: Float64Array, odd: Float64Array, rows: number, columns: number, out: Float64Array): void {
  const half = columnsRightOfMiddle(columns);
  const columnStrips = stripCount(half);
  const right = columns >> 1;
  const left = half - 1;
  for (let r = 0; r < rows; r++) {
    const strip = Math.floor(r / STRIP);
    const lane = r - strip * STRIP;
    for (let h = 0; h < half; h++) {
      const columnStrip = Math.floor(h / STRIP);
      const tile = (strip * columnStrips + columnStrip) * TILE_AREA;
      const at = tile + STRIP * lane + (h - columnStrip * STRIP);
      out[r * columns + right + h] = even[at] - odd[at];
      out[r * columns + left - h] = even[at] + odd[at];
    }
  }
}
