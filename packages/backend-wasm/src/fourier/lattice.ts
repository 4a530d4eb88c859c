import { type Lattice as GridLattice, latticeOf, type NdArray, WtildeError } from '@wtilde/core-types';

/** A regular grid: point (r, c) is at y = y0 - r pitchY, x = x0 + c pitchX, all in radians. Rows run downwards. */
export interface Lattice {
  readonly rows: number;
  readonly columns: number;
  /** y of the first row. */
  readonly y0: number;
  /** x of the first column. */
  readonly x0: number;
  readonly pitchY: number;
  readonly pitchX: number;
}

/**
 * The lattice of displacements between the points of a lattice, half of which is enough since
 * W(-displacement) = W(displacement): rows 0 to rows - 1 down, columns -(columns - 1) to columns - 1.
 * A transform on it is the displacement table of W.
 */
export function displacementLattice(rows: number, columns: number, pitchY: number, pitchX: number): Lattice {
  return { rows, columns: Math.max(2 * columns - 1, 0), y0: 0, x0: -(columns - 1) * pitchX, pitchY, pitchX };
}

/** The lattice that a grid lies on; throws MethodRefused where there is none. */
export function imageLattice(gridRadiansSlim: NdArray<'real'>, kernel: string): GridLattice {
  const found = latticeOf(gridRadiansSlim);
  if (found !== undefined) return found;
  throw new WtildeError('MethodRefused', {
    what: 'the grid lies on no regular lattice',
    where: `${kernel}(gridRadiansSlim)`,
    remedy: 'use the method direct or auto',
  });
}
