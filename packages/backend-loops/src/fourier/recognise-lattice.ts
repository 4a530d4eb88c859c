import type { Lattice } from './lattice.js';

/** How far a coordinate may be from its lattice point, in units of eps times the largest one. */
const SLACK = 4 * Number.EPSILON;

/** A grid that lies on a lattice: the smallest lattice that holds it, and where each point is on it. */
export interface LatticeGrid {
  readonly lattice: Lattice;
  /** (M, 2) row and column. */
  readonly nativeIndexForSlimIndex: Int32Array;
}

/**
 * Recognises a grid whose points lie on a square lattice to the rounding of their coordinates, so
 * that sums over it factorise. O(M). Undefined for any other grid, and for fewer than two points.
 *
 * @param gridRadiansSlim (M, 2) y and x
 */
export function recogniseLattice(gridRadiansSlim: Float64Array): LatticeGrid | undefined {
  const points = gridRadiansSlim.length / 2;
  const y = rangeOf(gridRadiansSlim, 0);
  const x = rangeOf(gridRadiansSlim, 1);
  // The step between two neighbours is rounded; the extent divided by the number of steps is not.
  const roughSpacing = Math.min(y.step, x.step);
  const rows = Math.round((y.high - y.low) / roughSpacing) + 1;
  const columns = Math.round((x.high - x.low) / roughSpacing) + 1;
  const spacing = Math.max((y.high - y.low) / (rows - 1 || 1), (x.high - x.low) / (columns - 1 || 1));
  if (!(spacing > 0 && Number.isFinite(spacing))) return undefined;
  const allowed = SLACK * Math.max(-y.low, y.high, -x.low, x.high);
  const nativeIndexForSlimIndex = new Int32Array(2 * points);
  for (let i = 0; i < points; i++) {
    const row = Math.round((y.high - gridRadiansSlim[2 * i]) / spacing);
    const column = Math.round((gridRadiansSlim[2 * i + 1] - x.low) / spacing);
    const offRow = Math.abs(y.high - row * spacing - gridRadiansSlim[2 * i]);
    const offColumn = Math.abs(x.low + column * spacing - gridRadiansSlim[2 * i + 1]);
    if (offRow > allowed || offColumn > allowed) return undefined;
    nativeIndexForSlimIndex[2 * i] = row;
    nativeIndexForSlimIndex[2 * i + 1] = column;
  }
  return { lattice: { rows, columns, y0: y.high, x0: x.low, spacing }, nativeIndexForSlimIndex };
}

/** Lowest and highest coordinate of an axis, and the smallest step between points that follow. */
function rangeOf(grid: Float64Array, axis: 0 | 1): { low: number; high: number; step: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let largest = 0;
  for (let i = axis; i < grid.length; i += 2) {
    low = Math.min(low, grid[i]);
    high = Math.max(high, grid[i]);
    largest = Math.max(largest, Math.abs(grid[i]));
  }
  let step = Number.POSITIVE_INFINITY;
  for (let i = axis + 2; i < grid.length; i += 2) {
    const between = Math.abs(grid[i] - grid[i - 2]);
    if (between > SLACK * largest) step = Math.min(step, between);
  }
  return { low, high, step };
}
