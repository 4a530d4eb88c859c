import type { SparseColumns, SparseMapping } from '@wtilde/numerics';
import { freshMemory, type Scratch } from '@wtilde/numerics';
import { entryPlaces, gatherColumns, LANES, type VisitImages } from '../sparse/gatherColumns.js';
import { mappingColumns } from './curvatureOperator.js';
import { fftBatch } from './fft.js';
import { BATCH, createLines, type Lines, loadColumns, loadRow, storeRow } from './fftLines.js';
import type { SpectralOperator } from './spectralOperator.js';
import { copyUpperToLower } from './symmetric.js';

/**
 * F = T^t W T from the spectrum of W by displacement and a sparse T, by fast Fourier transforms.
 *
 * Columns a and b of T are images; both are convolved with W by one complex transform of a + i b, since
 * the spectrum of W is real. Along x only image rows with non-zeros are transformed; along y each
 * column of the spectrum goes forth, through the multiplication, and back while it is in cache; and only
 * image rows come back along x. F_st then gathers. S / 2 times about 3 N' transforms of length N' = 2 N
 * whatever the number of non-zeros, so it pays above some hundred per column of T.
 *
 * @param out (S, S), overwritten, symmetric to the last bit; new when left out
 * @param scratch what the intermediate images live in
 */
export function curvatureByFft(
  operator: SpectralOperator,
  mapping: SparseMapping,
  out: Float64Array = new Float64Array(mapping.pixels * mapping.pixels),
  scratch: Scratch = freshMemory,
): Float64Array {
  const { pixels } = mapping;
  const columns = mappingColumns(operator, mapping, scratch);
  const places = entryPlaces(columns, operator.image.position, scratch);
  const aside = scratch.f64(LANES * pixels);
  const gather: VisitImages = (first, lanes, images) => {
    gatherColumns(columns, places, images, lanes, out, first * pixels, aside);
  };
  imagesByFft(operator, columns, gather, scratch);
  copyUpperToLower(out, pixels);
  return out;
}

/** Makes W T by groups of its columns and hands on every one: packed images, interleaved. */
export function imagesByFft(
  operator: SpectralOperator,
  columns: SparseColumns,
  visit: VisitImages,
  scratch: Scratch = freshMemory,
): void {
  const { image, table, planX, planY } = operator;
  const pixels = columns.columnCount;
  const images = scratch.f64(LANES * image.start[table.rows]);
  const lines = createLines(Math.max(planX.length, planY.length), scratch);
  const partial = scratch.f64(2 * table.rows * planX.length);
  for (let s = 0; s < pixels; s += LANES) {
    const lanes = Math.min(LANES, pixels - s);
    for (let lane = 0; lane < lanes; lane += 2) {
      transformRows(operator, columns, s + lane, lines, partial);
      convolveColumns(operator, lines, partial);
      restoreRows(operator, lines, partial, images, lane);
    }
    visit(s, lanes, images);
  }
}

/** partial[row, f] = the transform along x of column s + i times column s + 1 of T. */
function transformRows(
  { image, planX }: SpectralOperator,
  { starts, rows, values, columnCount }: SparseColumns,
  s: number,
  lines: Lines,
  partial: Float64Array,
): void {
  const rowOfLane = new Int32Array(BATCH);
  const next = [starts[s], starts[s + 1]];
  const end = [starts[s + 1], s + 1 < columnCount ? starts[s + 2] : starts[s + 1]];
  const rowOf = (part: number): number => {
    return next[part] < end[part] ? image.pixelRow[rows[next[part]]] : image.rows;
  };
  partial.fill(0);
  for (let row = Math.min(rowOf(0), rowOf(1)); row < image.rows; ) {
    lines.data.fill(0);
    let batch = 0;
    for (; batch < BATCH && row < image.rows; batch++) {
      for (let part = 0; part < 2; part++) {
        for (; rowOf(part) === row; next[part]++) {
          const column = image.pixelColumn[rows[next[part]]];
          lines.data[2 * (column * BATCH + batch) + part] += values[next[part]];
        }
      }
      rowOfLane[batch] = row;
      row = Math.min(rowOf(0), rowOf(1));
    }
    const transformed = fftBatch(planX, lines.data, lines.scratch, BATCH);
    for (let lane = 0; lane < batch; lane++) {
      storeRow(transformed, planX.length, BATCH, lane, partial, 2 * rowOfLane[lane] * planX.length);
    }
  }
}

/** Every column of `partial` along y: transformed, multiplied by the spectrum, transformed back. */
function convolveColumns(
  { table, planX, planY, spectrum }: SpectralOperator,
  { data, scratch }: Lines,
  partial: Float64Array,
): void {
  const width = planX.length;
  const height = planY.length;
  for (let first = 0; first < width; first += BATCH) {
    const batch = Math.min(BATCH, width - first);
    loadColumns(partial, table.rows, width, first, batch, data);
    data.fill(0, 2 * table.rows * batch, 2 * height * batch);
    const forth = fftBatch(planY, data, scratch, batch);
    for (let row = 0, i = 0; row < height; row++) {
      let from = row * width + first;
      for (const end = from + batch; from < end; from++, i += 2) {
        forth[i] *= spectrum[from];
        forth[i + 1] *= spectrum[from];
      }
    }
    const back = fftBatch(planY, forth, forth === data ? scratch : data, batch);
    for (let row = 0; row < table.rows; row++) {
      let from = 2 * (row === 0 ? 0 : height - row) * batch;
      let to = 2 * (row * width + first);
      for (const end = to + 2 * batch; to < end; to++, from++) partial[to] = back[from];
    }
  }
}

/** Every image row of `partial` back along x: real parts to one lane, imaginary parts to the next. */
function restoreRows(
  { image, planX }: SpectralOperator,
  { data, scratch }: Lines,
  partial: Float64Array,
  images: Float64Array,
  lane: number,
): void {
  const width = planX.length;
  for (let first = 0; first < image.rows; first += BATCH) {
    const batch = Math.min(BATCH, image.rows - first);
    for (let i = 0; i < batch; i++) {
      loadRow(partial, 2 * (first + i) * width, width, batch, i, data);
    }
    const back = fftBatch(planX, data, scratch, batch);
    for (let i = 0; i < batch; i++) {
      const row = first + i;
      let to = LANES * image.start[row] + lane;
      for (let column = image.low[row]; column < image.low[row] + image.width[row]; column++) {
        const from = 2 * ((column === 0 ? 0 : width - column) * batch + i);
        images[to] = back[from];
        images[to + 1] = back[from + 1];
        to += LANES;
      }
    }
  }
}
