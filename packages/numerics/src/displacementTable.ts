/**
 * W by displacement, half of it: values[m, n + columns - 1] = W between two pixels of which the first
 * stands m >= 0 rows below the second and n columns to its right, n = -(columns - 1) to columns - 1.
 *
 * The other half follows from W(-displacement) = W(displacement). For m = 0 both signs of n are
 * stored; they must agree, as they do in every table of a real precision operator, and where they
 * differ by rounding their mean counts.
 */
export interface DisplacementTable {
  /** Ny, rows of the image. */
  readonly rows: number;
  /** Nx, columns of the image. */
  readonly columns: number;
  /** (rows, 2 columns - 1). */
  readonly values: Float64Array;
}

/** The table is w_compact (N, 2 N - 1) itself; nothing is copied. */
export function displacementTableFromCompact(wCompact: Float64Array, gridSize: number): DisplacementTable {
  return { rows: gridSize, columns: gridSize, values: wCompact };
}

/**
 * The table from a preload (2 Ny, 2 Nx), which holds W_ij at
 * [(row_j - row_i) mod 2 Ny, (col_j - col_i) mod 2 Nx], a pixel m rows below and n columns to the
 * right of j reads [-m mod 2 Ny, -n mod 2 Nx].
 */
export function displacementTableFromPreload(
  wTildePreload: Float64Array,
  rows: number,
  columns: number,
): DisplacementTable {
  const width = Math.max(2 * columns - 1, 0);
  const values = new Float64Array(rows * width);
  for (let m = 0; m < rows; m++) {
    const from = (m === 0 ? 0 : 2 * rows - m) * 2 * columns;
    const middle = m * width + columns - 1;
    for (let n = 0; n < columns; n++) {
      values[middle + n] = wTildePreload[from + (n === 0 ? 0 : 2 * columns - n)];
      values[middle - n] = wTildePreload[from + n];
    }
  }
  return { rows, columns, values };
}

/**
 * The preload (2 Ny, 2 Nx) of #5 from half of it: at [dy mod 2 Ny, dx mod 2 Nx] stands W at dy rows
 * down and dx columns to the right. Row Ny and column Nx are never addressed and stay 0.
 *
 * @param out (2 Ny, 2 Nx), overwritten; new when left out
 */
export function preloadFromDisplacementTable(
  { rows, columns, values }: DisplacementTable,
  out: Float64Array = new Float64Array(4 * rows * columns),
): Float64Array {
  const width = Math.max(2 * columns - 1, 0);
  out.fill(0);
  for (let m = 0; m < rows; m++) {
    const down = m * 2 * columns;
    const up = (m === 0 ? 0 : 2 * rows - m) * 2 * columns;
    const middle = m * width + columns - 1;
    for (let n = 0; n < columns; n++) {
      const left = n === 0 ? 0 : 2 * columns - n;
      out[up + left] = values[middle + n];
      out[up + n] = values[middle - n];
      out[down + left] = values[middle - n];
      out[down + n] = values[middle + n];
    }
  }
  return out;
}

/**
 * Both halves: (2 rows - 1, 2 columns - 1), W between two pixels of which the first stands m rows below the second at row
 * m + rows - 1. Where the signs of m = 0 differ by rounding their mean counts.
 */
export function wholeDisplacementTable({ rows, columns, values }: DisplacementTable): Float64Array {
  const half = rows * Math.max(2 * columns - 1, 0);
  const width = rows === 0 ? 0 : half / rows;
  const whole = new Float64Array(Math.max(2 * rows - 1, 0) * width);
  for (let at = 0; at < half; at++) {
    whole[whole.length - half + at] = values[at];
    whole[half - 1 - at] = values[at];
  }
  for (let at = 0; at < width; at++) {
    whole[whole.length - half + at] = (values[at] + values[width - 1 - at]) / 2;
  }
  return whole;
}
