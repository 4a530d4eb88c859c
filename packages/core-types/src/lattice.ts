import type { NdArray } from './arrays.js';

/**
 * A regular lattice that the points of a grid lie on: point i is at
 * (y0 - row_i pitchY, x0 + column_i pitchX).
 */
export interface Lattice {
  readonly rows: number;
  readonly columns: number;
  readonly pitchY: number;
  readonly pitchX: number;
  /** The centre of the top-left point, in the unit of the grid. */
  readonly y0: number;
  readonly x0: number;
  readonly row: Int32Array;
  readonly column: Int32Array;
}

/**
 * Recognises a grid (M, 2) of (y, x) as points of a regular lattice, or returns undefined.
 *
 * The pitch of an axis is the least step between consecutive points; every point must then lie on the lattice within
 * 4 eps of the extent, which keeps the error of a phase below what the numeric class of transforms allows. O(M).
 */
export function latticeOf(grid: NdArray<'real'>): Lattice | undefined {
  const count = grid.shape[0];
  if (count === 0) return undefined;
  const y = axisOf(grid.data, 0, count);
  const x = axisOf(grid.data, 1, count);
  if (y === undefined || x === undefined) return undefined;
  const last = y.count - 1;
  return {
    rows: y.count,
    columns: x.count,
    pitchY: y.pitch,
    pitchX: x.pitch,
    y0: y.start + last * y.pitch,
    x0: x.start,
    row: y.position.map((fromBottom) => last - fromBottom),
    column: x.position,
  };
}

interface Axis {
  readonly start: number;
  readonly pitch: number;
  readonly count: number;
  readonly position: Int32Array;
}

function axisOf(data: Float64Array, offset: number, count: number): Axis | undefined {
  let min = data[offset];
  let max = min;
  let step = Number.POSITIVE_INFINITY;
  for (let i = 1; i < count; i++) {
    const value = data[2 * i + offset];
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const extent = max - min;
  const slack = 4 * Number.EPSILON * extent;
  for (let i = 1; i < count; i++) {
    const jump = Math.abs(data[2 * i + offset] - data[2 * i + offset - 2]);
    if (jump > slack && jump < step) step = jump;
  }
  const position = new Int32Array(count);
  if (extent === 0) return { start: min, pitch: 0, count: 1, position };
  const intervals = Math.round(extent / step);
  if (!(intervals < 2 ** 20)) return undefined;
  const pitch = extent / intervals;
  for (let i = 0; i < count; i++) {
    const value = data[2 * i + offset];
    position[i] = Math.round((value - min) / pitch);
    if (Math.abs(value - (min + position[i] * pitch)) > slack) return undefined;
  }
  return { start: min, pitch, count: intervals + 1, position };
}
