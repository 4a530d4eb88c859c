import { fixedTurns } from './fixedTurns.js';

/** The points of any grid, in units of its extent. */
export interface Points {
  readonly count: number;
  /** x and y of every point, 2^32 - 1 units at the right and the top end. */
  readonly positions: Uint32Array<ArrayBuffer>;
  /** Of the corner that has none of either, in radians. */
  readonly x0: number;
  readonly y0: number;
  /** Radians. */
  readonly unitX: number;
  readonly unitY: number;
}

/** @param grid (M, 2) of y and x in radians */
export function pointsOf(grid: Float64Array): Points {
  const count = grid.length / 2;
  const positions = new Uint32Array(grid.length);
  const axis = (lane: 0 | 1) => {
    let low = count === 0 ? 0 : Number.POSITIVE_INFINITY;
    let high = count === 0 ? 0 : Number.NEGATIVE_INFINITY;
    for (let i = lane; i < grid.length; i += 2) {
      low = Math.min(low, grid[i]);
      high = Math.max(high, grid[i]);
    }
    const unit = (high - low) / (2 ** 32 - 1);
    if (unit > 0) for (let i = lane; i < grid.length; i += 2) positions[i ^ 1] = Math.round((grid[i] - low) / unit);
    return { low, unit };
  };
  const [y, x] = [axis(0), axis(1)];
  return { count, positions, x0: x.low, y0: y.low, unitX: x.unit, unitY: y.unit };
}

/**
 * Phases of some visibilities as `pointPhase` in WGSL wants them: at the corner, and of 1, 256, 256^2, 256^3 units along
 * x and y. Each is reduced to a turn in float64; a phase keeps 2^-22 turns at worst.
 */
export function pointPhases(points: Points, uv: Float64Array, first: number, count: number): Uint32Array<ArrayBuffer> {
  const { x0, y0, unitX, unitY } = points;
  const turns = new Uint32Array(12 * count);
  for (let k = 0; k < count; k++) {
    const u = uv[2 * (first + k)];
    const v = uv[2 * (first + k) + 1];
    turns[12 * k] = fixedTurns(x0 * u + y0 * v);
    for (let digit = 0; digit < 4; digit++) {
      turns[12 * k + 4 + digit] = fixedTurns(256 ** digit * unitX * u);
      turns[12 * k + 8 + digit] = fixedTurns(256 ** digit * unitY * v);
    }
  }
  return turns;
}
