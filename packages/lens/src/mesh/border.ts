import { type NdArray, real } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { checkMask } from '../mask/checkMask.js';
import type { Mask2D } from '../mask/mask2d.js';
import { checkPoints } from './points.js';

/** The ellipse around the traced border of a mask. */
export interface BorderEllipse {
  /** (y, x) in arcsec. */
  readonly centre: readonly [number, number];
  /** Half axes in arcsec, along the direction `angle` and across it. */
  readonly along: number;
  readonly across: number;
  /** In radians, counter-clockwise from the x axis. */
  readonly angle: number;
}

/**
 * The open pixels on the outer border of a mask, ascending in slim order: those from which a row or a column leads to the
 * edge of the image over masked pixels only. Cost: O(Ny Nx).
 *
 * @throws what a function with a mask throws.
 */
export function borderPixels(given: Mask2D): Int32Array {
  checkMask(given, 'borderPixels mask');
  const {
    data,
    shape: [rows, columns],
  } = given.mask;
  const seen = new Uint8Array(data.length);
  /** Marks the first open pixel of a line. */
  const mark = (start: number, pace: number, count: number) => {
    for (let k = 0; k < count; k++) {
      if (data[start + k * pace] !== 0) continue;
      seen[start + k * pace] = 1;
      return;
    }
  };
  for (let row = 0; row < rows; row++) {
    mark(row * columns, 1, columns);
    mark((row + 1) * columns - 1, -1, columns);
  }
  for (let column = 0; column < columns; column++) {
    mark(column, columns, rows);
    mark(data.length - columns + column, -columns, rows);
  }
  const border: number[] = [];
  let slim = 0;
  data.forEach((masked, at) => {
    if (masked !== 0) return;
    if (seen[at] === 1) border.push(slim);
    slim++;
  });
  return Int32Array.from(border);
}

/** What keeps an ellipse from having no width, in arcsec. */
const margin = 1e-12;

/** Two directions in which a border spreads alike, to this, are not told apart. */
const isotropic = Math.sqrt(Number.EPSILON);

/**
 * The ellipse that holds the border of a grid (M, 2): centred on the mean of the border, its axes those in which the border
 * spreads most and least, as long as the points reach. The same as in PyAutoLens.
 */
export function borderEllipse(grid: NdArray<'real'>, border: Int32Array): BorderEllipse {
  let [y, x] = [0, 0];
  for (const pixel of border) {
    y += grid.data[2 * pixel];
    x += grid.data[2 * pixel + 1];
  }
  const centre = [y / border.length, x / border.length] as const;
  let [yy, xy, xx] = [0, 0, 0];
  for (const pixel of border) {
    const dy = grid.data[2 * pixel] - centre[0];
    const dx = grid.data[2 * pixel + 1] - centre[1];
    yy += dy * dy;
    xy += dx * dy;
    xx += dx * dx;
  }
  const gap = Math.hypot(xx - yy, 2 * xy);
  const angle = gap <= (isotropic * (xx + yy + gap)) / 2 ? 0 : Math.atan2(2 * xy, xx - yy) / 2;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  let [along, across] = [0, 0];
  for (const pixel of border) {
    const dy = grid.data[2 * pixel] - centre[0];
    const dx = grid.data[2 * pixel + 1] - centre[1];
    along = Math.max(along, Math.abs(cosine * dx + sine * dy));
    across = Math.max(across, Math.abs(cosine * dy - sine * dx));
  }
  return { centre, along: along + margin, across: across + margin, angle };
}

/** Points (P, 2) that are outside of the ellipse are drawn towards its centre until they lie on it. */
export function relocated(points: NdArray<'real'>, { centre, along, across, angle }: BorderEllipse): NdArray<'real'> {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const moved = points.data.slice();
  for (let at = 0; at < moved.length; at += 2) {
    const dy = moved[at] - centre[0];
    const dx = moved[at + 1] - centre[1];
    const q = ((cosine * dx + sine * dy) / along) ** 2 + ((cosine * dy - sine * dx) / across) ** 2;
    if (!(q > 1)) continue;
    const shrink = 1 / Math.sqrt(q);
    moved[at] = centre[0] + shrink * dy;
    moved[at + 1] = centre[1] + shrink * dx;
  }
  return real(moved, points.shape);
}

/**
 * Draws traced points back to the border of the mask: light that is traced far outside, from near a caustic, would spread the
 * mesh over nothing. `grid` (M, 2) are the traced pixels of the mask, `points` (P, 2) those to be moved; the grid itself
 * where they are left out. Cost: O(Ny Nx + P).
 *
 * @throws what a function with a mask throws; DTypeMismatch, ShapeMismatch, InvalidValue for points.
 */
export function relocateToBorder(given: {
  readonly mask: Mask2D;
  readonly grid: NdArray<'real'>;
  readonly points?: NdArray<'real'> | undefined;
}): NdArray<'real'> {
  checkNames(given, { mask: true, grid: true, points: false }, 'relocateToBorder');
  const { mask, grid, points = grid } = given;
  checkMask(mask, 'relocateToBorder mask');
  checkArray(grid, ['real'], [mask.mask.data.reduce((open, masked) => open + (masked === 0 ? 1 : 0), 0), 2], 'grid');
  checkPoints(grid, 'relocateToBorder grid');
  checkPoints(points, 'relocateToBorder points');
  return relocated(points, borderEllipse(grid, borderPixels(mask)));
}
