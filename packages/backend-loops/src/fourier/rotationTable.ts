import { STRIP, stripCount } from '@wtilde/numerics';
import { cosSinOfTurns, fractionOfTurns } from './turns.js';

/**
 * Strips between two places where the rotation starts afresh from a computed cosine and sine. A
 * recurrence loses about one eps per strip: over 1400 rows, 16 keeps the error below 7e-15 (2e-15 in the
 * mean), where an unbroken recurrence reaches 1e-13, and costs a cosine per 48 rotations.
 */
const STRIPS_PER_ANCHOR = 16;

/**
 * The factors of one axis for a block of visibilities: re + i im at (row, k) is
 * q_k exp(2 pi i (start_k + row step_k)), in the strips of `stripProduct.ts`.
 */
export interface RotationTable {
  readonly rows: number;
  /** Visibilities that fit, the stride of the strips. */
  readonly capacity: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** One number per visibility: turns and rotation at the anchor, e^(i step), e^(3 i step). */
  readonly scratch: {
    readonly turns: Float64Array;
    readonly anchorRe: Float64Array;
    readonly anchorIm: Float64Array;
    readonly stepRe: Float64Array;
    readonly stepIm: Float64Array;
    readonly strideRe: Float64Array;
    readonly strideIm: Float64Array;
  };
}

/** An empty table; its last strip may hold up to two rows more than asked for. */
export function createRotationTable(rows: number, capacity: number): RotationTable {
  const length = stripCount(rows) * STRIP * capacity;
  return {
    rows,
    capacity,
    re: new Float64Array(length),
    im: new Float64Array(length),
    scratch: {
      turns: new Float64Array(capacity),
      anchorRe: new Float64Array(capacity),
      anchorIm: new Float64Array(capacity),
      stepRe: new Float64Array(capacity),
      stepIm: new Float64Array(capacity),
      strideRe: new Float64Array(capacity),
      strideIm: new Float64Array(capacity),
    },
  };
}

/**
 * Fills a table: (row, k) = (amplitudeRe_k + i amplitudeIm_k) exp(2 pi i (start_k + row step_k)).
 *
 * Rotates three rows at a time, z_(row + 3) = z_row e^(3 i step), afresh every 48 rows.
 * 6 operations per number pair.
 *
 * @param start turns at row 0, one per visibility
 * @param step turns per row
 * @param amplitudeIm left out for real amplitudes
 */
export function fillRotationTable(
  table: RotationTable,
  count: number,
  start: Float64Array,
  step: Float64Array,
  amplitudeRe: Float64Array,
  amplitudeIm?: Float64Array,
): void {
  const { re, im, capacity, scratch } = table;
  const { turns, stepRe, stepIm, strideRe, strideIm } = scratch;
  cosSinOfTurns(step, count, stepRe, stepIm);
  for (let k = 0; k < count; k++) {
    const twiceRe = stepRe[k] * stepRe[k] - stepIm[k] * stepIm[k];
    const twiceIm = 2 * stepRe[k] * stepIm[k];
    strideRe[k] = twiceRe * stepRe[k] - twiceIm * stepIm[k];
    strideIm[k] = twiceRe * stepIm[k] + twiceIm * stepRe[k];
  }
  const strips = stripCount(table.rows);
  const length = STRIP * capacity;
  for (let strip = 0; strip < strips; strip++) {
    const to = strip * length;
    if (strip % STRIPS_PER_ANCHOR !== 0) {
      rotateStrip(re, im, to - length, to, count, strideRe, strideIm);
      continue;
    }
    for (let k = 0; k < count; k++) {
      turns[k] = start[k] + fractionOfTurns(STRIP * strip * step[k]);
    }
    startStrip(table, to, count, amplitudeRe, amplitudeIm);
  }
}

/** Three rows from the turns of the first: z, z e^(i step), z e^(2 i step), times the amplitude. */
function startStrip(
  table: RotationTable,
  to: number,
  count: number,
  amplitudeRe: Float64Array,
  amplitudeIm: Float64Array | undefined,
): void {
  const { re, im, scratch } = table;
  const { turns, stepRe, stepIm, anchorRe, anchorIm } = scratch;
  cosSinOfTurns(turns, count, anchorRe, anchorIm);
  for (let k = 0, i = to; k < count; k++, i += STRIP) {
    const qRe = amplitudeRe[k];
    const qIm = amplitudeIm === undefined ? 0 : amplitudeIm[k];
    const re0 = qRe * anchorRe[k] - qIm * anchorIm[k];
    const im0 = qRe * anchorIm[k] + qIm * anchorRe[k];
    const rotRe = stepRe[k];
    const rotIm = stepIm[k];
    const re1 = re0 * rotRe - im0 * rotIm;
    const im1 = re0 * rotIm + im0 * rotRe;
    re[i] = re0;
    im[i] = im0;
    re[i + 1] = re1;
    im[i + 1] = im1;
    re[i + 2] = re1 * rotRe - im1 * rotIm;
    im[i + 2] = re1 * rotIm + im1 * rotRe;
  }
}

/** The strip at `to` from the one at `from`: every number times exp(3 i step_k). */
function rotateStrip(
  re: Float64Array,
  im: Float64Array,
  from: number,
  to: number,
  count: number,
  strideRe: Float64Array,
  strideIm: Float64Array,
): void {
  for (let k = 0, i = from | 0, j = to | 0; k < count; k++) {
    const rotRe = strideRe[k];
    const rotIm = strideIm[k];
    const re0 = re[i];
    const im0 = im[i];
    const re1 = re[(i + 1) | 0];
    const im1 = im[(i + 1) | 0];
    const re2 = re[(i + 2) | 0];
    const im2 = im[(i + 2) | 0];
    re[j] = re0 * rotRe - im0 * rotIm;
    im[j] = re0 * rotIm + im0 * rotRe;
    re[(j + 1) | 0] = re1 * rotRe - im1 * rotIm;
    im[(j + 1) | 0] = re1 * rotIm + im1 * rotRe;
    re[(j + 2) | 0] = re2 * rotRe - im2 * rotIm;
    im[(j + 2) | 0] = re2 * rotIm + im2 * rotRe;
    i = (i + STRIP) | 0;
    j = (j + STRIP) | 0;
  }
}
