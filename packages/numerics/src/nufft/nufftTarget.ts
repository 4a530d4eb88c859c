import type { LatticeFrame } from '../lattice.js';

/** Which modes of a type-1 transform are wanted: m from lowM to highM, n from lowN to highN. */
export interface ModeRange {
  readonly lowM: number;
  readonly highM: number;
  /** Not below 0 on a real grid, whose other half follows by conjugation. */
  readonly lowN: number;
  readonly highN: number;
}

/**
 * The points at which a non-uniform FFT is wanted, as modes: point (r, c) is mode n = c - column along x
 * and m = row - r along y, counted from the point (row, column) of the lattice.
 */
export interface NufftTarget {
  readonly rows: number;
  readonly columns: number;
  /** d in radians. */
  readonly pitchY: number;
  readonly pitchX: number;
  /** The point that is mode (0, 0), and where it is in radians. */
  readonly row: number;
  readonly column: number;
  readonly y: number;
  readonly x: number;
  /** True when strengths are real and the point of mode (0, 0) is the origin: the sums are even. */
  readonly even: boolean;
  /** Modes of the plan along either axis. */
  readonly modesX: number;
  readonly modesY: number;
  /** Modes that are computed. */
  readonly range: ModeRange;
}

/** Every point of a lattice, counted from its middle. */
export function latticeTarget({ rows, columns, y0, x0, pitchY, pitchX }: LatticeFrame): NufftTarget {
  const row = rows >> 1;
  const column = columns >> 1;
  return {
    rows,
    columns,
    pitchY,
    pitchX,
    row,
    column,
    y: y0 - row * pitchY,
    x: x0 + column * pitchX,
    even: false,
    modesX: columns,
    modesY: rows,
    range: { lowM: row - rows + 1, highM: row, lowN: -column, highN: columns - 1 - column },
  };
}

/**
 * The displacements of an image, 0 to rows - 1 down and as many columns to the left as to the right, counted from no
 * displacement: the table of W, whose sums are even.
 *
 * @param displacements from `displacementLattice`
 */
export function displacementTarget({ rows, columns, pitchY, pitchX }: LatticeFrame): NufftTarget {
  const right = columns >> 1;
  return {
    rows,
    columns,
    pitchY,
    pitchX,
    row: 0,
    column: right,
    y: 0,
    x: 0,
    even: true,
    modesX: columns,
    modesY: 2 * rows - 1,
    range: { lowM: 1 - rows, highM: rows - 1, lowN: 0, highN: right },
  };
}
