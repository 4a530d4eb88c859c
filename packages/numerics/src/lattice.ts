/**
 * A regular grid of rows x columns points: point (r, c) is at y = y0 - r pitchY, x = x0 + c pitchX,
 * all in radians. Rows run downwards, as in an image.
 */
export interface LatticeFrame {
  readonly rows: number;
  readonly columns: number;
  /** y of the first row. */
  readonly y0: number;
  /** x of the first column. */
  readonly x0: number;
  /** d, the side of a pixel. */
  readonly pitchY: number;
  readonly pitchX: number;
}

/**
 * The lattice of displacements of an image of (rows, columns) pixels, half of which is enough since
 * W(-displacement) = W(displacement): rows 0 to rows - 1 down, columns -(columns - 1) to columns - 1.
 * A transform on it is the displacement table of W.
 */
export function displacementLattice(rows: number, columns: number, pitchY: number, pitchX = pitchY): LatticeFrame {
  return {
    rows,
    columns: Math.max(2 * columns - 1, 0),
    y0: 0,
    x0: -(columns - 1) * pitchX,
    pitchY,
    pitchX,
  };
}

/** The points of a lattice as a grid (rows columns, 2) of y and x, row by row. */
export function latticePoints({ rows, columns, y0, x0, pitchY, pitchX }: LatticeFrame): Float64Array {
  const points = new Float64Array(2 * rows * columns);
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, i += 2) {
      points[i] = y0 - r * pitchY;
      points[i + 1] = x0 + c * pitchX;
    }
  }
  return points;
}
