import { type DisplacementTable, goodSize } from '@wtilde/numerics';
import type { CurvatureOperator } from './curvatureOperator.js';
import { createFftPlan, type FftPlan, fftBatch } from './fft.js';
import { BATCH, createLines, loadColumns, storeRow } from './fftLines.js';

/** What F by FFT needs of W: prepare it once, use it for every T. */
export interface SpectralOperator extends CurvatureOperator {
  readonly planX: FftPlan;
  readonly planY: FftPlan;
  /** (planY.length, planX.length): the transform of W by displacement over their product, real. */
  readonly spectrum: Float64Array;
}

/**
 * Transforms W by displacement, wrapped around to displacements modulo goodSize(2 rows - 1) and
 * goodSize(2 columns - 1), so that a circular convolution with it is the true one inside the image.
 *
 * The transform is real since W(-displacement) = W(displacement); what rounding leaves of its imaginary
 * part is dropped. O(N^2 log N) once, and 4 N^2 numbers kept.
 */
export function spectralOperator({ image, table }: CurvatureOperator): SpectralOperator {
  const planX = createFftPlan(goodSize(2 * table.columns - 1));
  const planY = createFftPlan(goodSize(2 * table.rows - 1));
  const width = planX.length;
  const height = planY.length;
  const { data, scratch } = createLines(Math.max(width, height));
  const partial = new Float64Array(2 * height * width);
  for (let first = 0; first < height; first += BATCH) {
    const batch = Math.min(BATCH, height - first);
    data.fill(0);
    for (let lane = 0; lane < batch; lane++) {
      loadDisplacements(table, first + lane, height, width, batch, lane, data);
    }
    const transformed = fftBatch(planX, data, scratch, batch);
    for (let lane = 0; lane < batch; lane++) {
      storeRow(transformed, width, batch, lane, partial, 2 * (first + lane) * width);
    }
  }
  const spectrum = new Float64Array(height * width);
  const scale = 1 / (height * width);
  for (let first = 0; first < width; first += BATCH) {
    const batch = Math.min(BATCH, width - first);
    loadColumns(partial, height, width, first, batch, data);
    const transformed = fftBatch(planY, data, scratch, batch);
    for (let row = 0, from = 0; row < height; row++) {
      for (let lane = 0; lane < batch; lane++, from += 2) {
        spectrum[row * width + first + lane] = scale * transformed[from];
      }
    }
  }
  return { image, table, planX, planY, spectrum };
}

/** Row `l` of the wrapped table into a lane: l rows down, or height - l rows up. */
function loadDisplacements(
  { rows, columns, values }: DisplacementTable,
  l: number,
  height: number,
  width: number,
  batch: number,
  lane: number,
  data: Float64Array,
): void {
  const up = l > height - rows;
  const m = up ? height - l : l;
  if (m >= rows) return;
  const middle = m * (2 * columns - 1) + columns - 1;
  for (let n = 1 - columns; n < columns; n++) {
    const to = 2 * ((n < 0 ? n + width : n) * batch + lane);
    data[to] = values[up ? middle - n : middle + n];
  }
}
