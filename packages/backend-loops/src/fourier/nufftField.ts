import type { NufftTarget } from '@wtilde/numerics';
import { fftBatch } from './fft.js';
import { BATCH, createLines, storeRow } from './fftLines.js';
import { extendMargins, type FineGrid } from './fineGrid.js';
import { storedCell } from './nufftModes.js';
import type { NufftPlan } from './nufftPlan.js';

/**
 * Fills a fine grid with the field of an image, its modes divided by the kernel's transform beforehand:
 * field(s, t) = sum_mn image(m, n) factor_mn exp(-2 pi i (n s + m t)) at every cell, s and t in turns.
 * Reading it with the kernel gives the type-2 non-uniform FFT.
 *
 * Rows of the image are transformed along x, then the columns of the result along y; the rows of zeros
 * that the oversampling adds are not transformed.
 *
 * @param image (rows, columns) of the target
 */
export function fillField(plan: NufftPlan, target: NufftTarget, image: Float64Array, grid: FineGrid): void {
  const partial = new Float64Array(2 * target.rows * plan.x.size);
  transformRows(plan, target, image, partial);
  transformColumns(plan, target, partial, grid);
  extendMargins(plan, grid.re);
  if (grid.im !== undefined) extendMargins(plan, grid.im);
}

/** partial[r, l] = row r of the image, deconvolved along both axes, at cell l along x. */
function transformRows(
  { x, y }: NufftPlan,
  { rows, columns, row, column }: NufftTarget,
  image: Float64Array,
  partial: Float64Array,
): void {
  const { data, scratch } = createLines(x.size);
  for (let first = 0; first < rows; first += BATCH) {
    const batch = Math.min(BATCH, rows - first);
    data.fill(0);
    for (let lane = 0; lane < batch; lane++) {
      const r = first + lane;
      const factor = y.factors[Math.abs(row - r)];
      for (let c = 0; c < columns; c++) {
        const n = c - column;
        const to = 2 * ((n < 0 ? n + x.size : n) * batch + lane);
        data[to] = factor * x.factors[Math.abs(n)] * image[r * columns + c];
      }
    }
    const transformed = fftBatch(x.fft, data, scratch, batch);
    for (let lane = 0; lane < batch; lane++) {
      storeRow(transformed, x.size, batch, lane, partial, 2 * (first + lane) * x.size);
    }
  }
}

/** The columns of `partial`, row r of which is mode row - r along y, to the cells of the grid. */
function transformColumns(
  { x, y, stride }: NufftPlan,
  { rows, row }: NufftTarget,
  partial: Float64Array,
  grid: FineGrid,
): void {
  const { data, scratch } = createLines(y.size);
  for (let first = 0; first < x.size; first += BATCH) {
    const batch = Math.min(BATCH, x.size - first);
    data.fill(0);
    for (let r = 0; r < rows; r++) {
      const m = row - r;
      const to = 2 * (m < 0 ? m + y.size : m) * batch;
      const from = 2 * (r * x.size + first);
      for (let i = 0; i < 2 * batch; i++) data[to + i] = partial[from + i];
    }
    const transformed = fftBatch(y.fft, data, scratch, batch);
    for (let lane = 0; lane < batch; lane++) {
      const column = storedCell(x, first + lane);
      for (let l = 0; l < y.size; l++) {
        const to = storedCell(y, l) * stride + column;
        grid.re[to] = transformed[2 * (l * batch + lane)];
        if (grid.im !== undefined) grid.im[to] = transformed[2 * (l * batch + lane) + 1];
      }
    }
  }
}
