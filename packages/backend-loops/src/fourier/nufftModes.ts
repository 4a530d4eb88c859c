import type { ModeRange } from '@wtilde/numerics';
import { fftBatch } from './fft.js';
import { BATCH, createLines, loadColumns } from './fftLines.js';
import { type FineGrid, foldMargins } from './fineGrid.js';
import type { NufftAxis, NufftPlan } from './nufftPlan.js';

/**
 * The modes of a fine grid, deconvolved: store(m, n, Re sum_k q_k exp(-2 pi i (n s_k + m t_k))) with s and t
 * the turns of visibility k along x and y.
 *
 * Only wanted modes are carried from the transform along x to that along y, and two rows of a real
 * grid share one complex transform along x. Folds the margins of the grid, which is otherwise kept.
 */
export function collectModes(
  plan: NufftPlan,
  grid: FineGrid,
  range: ModeRange,
  store: (m: number, n: number, value: number) => void,
): void {
  foldMargins(plan, grid.re);
  if (grid.im !== undefined) foldMargins(plan, grid.im);
  const modes = range.highN - range.lowN + 1;
  const partial = new Float64Array(2 * plan.y.size * modes);
  if (grid.im === undefined) transformRealRows(plan, grid.re, range, partial);
  else transformRows(plan, grid.re, grid.im, range, partial);
  transformColumns(plan, partial, range, store);
}

/** The stored index of cell l of a period that starts at 0: the grid is stored from -size / 2 on. */
export function storedCell({ size, margin }: NufftAxis, l: number): number {
  const half = size >> 1;
  return margin + half + (l < size - half ? l : l - size);
}

/** partial[l, n] = mode n of row l, for the complex rows re + i im. */
function transformRows(
  { x, y, stride }: NufftPlan,
  re: Float64Array,
  im: Float64Array,
  { lowN, highN }: ModeRange,
  partial: Float64Array,
): void {
  const modes = highN - lowN + 1;
  const { data, scratch } = createLines(x.size);
  for (let first = 0; first < y.size; first += BATCH) {
    const batch = Math.min(BATCH, y.size - first);
    for (let lane = 0; lane < batch; lane++) {
      const row = storedCell(y, first + lane) * stride;
      for (let l = 0; l < x.size; l++) {
        const to = 2 * (l * batch + lane);
        const from = row + storedCell(x, l);
        data[to] = re[from];
        data[to + 1] = im[from];
      }
    }
    const transformed = fftBatch(x.fft, data, scratch, batch);
    for (let lane = 0; lane < batch; lane++) {
      let to = 2 * (first + lane) * modes;
      for (let n = lowN; n <= highN; n++, to += 2) {
        const from = 2 * (periodic(n, x.size) * batch + lane);
        partial[to] = transformed[from];
        partial[to + 1] = transformed[from + 1];
      }
    }
  }
}

/**
 * The same for real rows, two of which, a and b, are transformed as a + i b = z:
 * a_n = (z_n + conj z_-n) / 2 and b_n = (z_n - conj z_-n) / (2 i).
 */
function transformRealRows(
  { x, y, stride }: NufftPlan,
  values: Float64Array,
  { lowN, highN }: ModeRange,
  partial: Float64Array,
): void {
  const modes = highN - lowN + 1;
  const { data, scratch } = createLines(x.size);
  for (let first = 0; first < y.size; first += 2 * BATCH) {
    const rows = Math.min(2 * BATCH, y.size - first);
    const batch = (rows + 1) >> 1;
    // Of an odd last row the partner is 0.
    if (rows % 2 === 1) data.fill(0);
    for (let row = 0; row < rows; row++) {
      const start = storedCell(y, first + row) * stride;
      for (let l = 0, to = row; l < x.size; l++, to += 2 * batch) {
        data[to] = values[start + storedCell(x, l)];
      }
    }
    const transformed = fftBatch(x.fft, data, scratch, batch);
    for (let row = 0; row < rows; row++) {
      const lane = 2 * (row >> 1);
      const second = row % 2;
      let to = 2 * (first + row) * modes;
      for (let n = lowN; n <= highN; n++, to += 2) {
        const plus = 2 * periodic(n, x.size) * batch + lane;
        const minus = 2 * periodic(-n, x.size) * batch + lane;
        const crossed =
          second === 0 ? transformed[plus + 1] - transformed[minus + 1] : transformed[minus] - transformed[plus];
        partial[to] = 0.5 * (transformed[plus + second] + transformed[minus + second]);
        partial[to + 1] = 0.5 * crossed;
      }
    }
  }
}

/** Modes m of the columns n of `partial`, handed over. */
function transformColumns(
  { x, y }: NufftPlan,
  partial: Float64Array,
  { lowM, highM, lowN, highN }: ModeRange,
  store: (m: number, n: number, value: number) => void,
): void {
  const modes = highN - lowN + 1;
  const { data, scratch } = createLines(y.size);
  for (let first = 0; first < modes; first += BATCH) {
    const batch = Math.min(BATCH, modes - first);
    loadColumns(partial, y.size, modes, first, batch, data);
    const transformed = fftBatch(y.fft, data, scratch, batch);
    for (let m = lowM; m <= highM; m++) {
      const from = 2 * periodic(m, y.size) * batch;
      for (let lane = 0; lane < batch; lane++) {
        const n = lowN + first + lane;
        const factor = x.factors[Math.abs(n)] * y.factors[Math.abs(m)];
        store(m, n, factor * transformed[from + 2 * lane]);
      }
    }
  }
}

/** Where mode n stands in a transform: n mod size, not negative. */
function periodic(n: number, size: number): number {
  return n < 0 ? n + size : n;
}
