import type { PreparedVisibilities } from '@wtilde/core-types';

/** An ellipse as wide as what the interferometer makes of a point. */
export interface Beam {
  /** Full width at half maximum along both axes, in arcsec. */
  readonly major: number;
  readonly minor: number;
  /** Of the major axis, in degrees counter-clockwise from the x axis. */
  readonly angle: number;
}

/** Of the maximum, where the main lobe is taken to end, as CASA does. */
const lobe = 0.35;

/**
 * The Gaussian that fits the main lobe of the dirty beam with natural weights, W by displacement: least squares of its
 * logarithm. Undefined where pixels are too coarse to show a lobe. Cost: O(pixels of the lobe).
 */
export function dirtyBeamOf({
  wCompact,
  gridSize,
  pixelScale,
}: Pick<PreparedVisibilities, 'wCompact' | 'gridSize' | 'pixelScale'>): Beam | undefined {
  const width = 2 * gridSize - 1;
  const at = (down: number, right: number) => {
    if (Math.abs(down) >= gridSize || Math.abs(right) >= gridSize) return 0;
    const [m, n] = down < 0 ? [-down, -right] : [down, right];
    return wCompact.data[m * width + n + gridSize - 1] / wCompact.data[gridSize - 1];
  };
  const sums = { xx: new Float64Array(4), yy: new Float64Array(4), xy: new Float64Array(4) };
  for (const [down, right] of lobePixels(at)) {
    const value = at(down, right);
    const [x, y] = [right * pixelScale, -down * pixelScale];
    // The logarithm of a value is as certain as the value is large.
    const weight = value ** 2;
    const row = [x * x, y * y, x * y, -Math.log(value)];
    for (let k = 0; k < 4; k++) {
      sums.xx[k] += weight * row[0] * row[k];
      sums.yy[k] += weight * row[1] * row[k];
      sums.xy[k] += weight * row[2] * row[k];
    }
  }
  const form = solve3([sums.xx, sums.yy, sums.xy]);
  if (form === undefined) return undefined;
  const [a, c, b] = form;
  const [mean, half] = [(a + c) / 2, Math.hypot((a - c) / 2, b / 2)];
  if (!(mean - half > 0)) return undefined;
  const fullWidth = (eigenvalue: number) => 2 * Math.sqrt(Math.LN2 / eigenvalue);
  // The wide axis is that of the smaller eigenvalue.
  const angle = (Math.atan2(-b, c - a) * 90) / Math.PI;
  return { major: fullWidth(mean - half), minor: fullWidth(mean + half), angle };
}

/** Displacements of one half plane whose W is in the main lobe, and those next to none where they are positive. */
function lobePixels(at: (down: number, right: number) => number): readonly (readonly [number, number])[] {
  const found = new Map<string, readonly [number, number]>();
  const waiting: (readonly [number, number])[] = [[0, 0]];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const [down, right] = place;
    for (const [m, n] of [
      [down, right + 1],
      [down, right - 1],
      [down + 1, right],
      [down - 1, right],
    ] as const) {
      const key = `${m} ${n}`;
      if (m < 0 || (m === 0 && n <= 0) || found.has(key) || at(m, n) < lobe) continue;
      found.set(key, [m, n]);
      waiting.push([m, n]);
    }
  }
  for (const [m, n] of [
    [0, 1],
    [1, -1],
    [1, 0],
    [1, 1],
  ] as const)
    if (at(m, n) > 0) found.set(`${m} ${n}`, [m, n]);
  return [...found.values()];
}

/** Solves three equations by elimination; undefined where they do not determine the unknowns. */
function solve3(rows: readonly Float64Array[]): readonly number[] | undefined {
  const scale = Math.max(...rows.map((row) => Math.max(...row.subarray(0, 3).map(Math.abs))));
  const left = rows.map((row) => row.slice());
  for (let column = 0; column < 3; column++) {
    const pivot = left
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column]) > Math.abs(best[column]) ? row : best));
    if (!(Math.abs(pivot[column]) > 1e-12 * scale)) return undefined;
    left.splice(left.indexOf(pivot), 1);
    left.splice(column, 0, pivot);
    for (const row of left) {
      if (row === pivot) continue;
      const factor = row[column] / pivot[column];
      for (let k = column; k < 4; k++) row[k] -= factor * pivot[k];
    }
  }
  return left.map((row, k) => row[3] / row[k]);
}
