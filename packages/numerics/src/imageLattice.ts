import { latticeOf, type NdArray, type Sizes, WtildeError } from '@wtilde/core-types';
import type { LatticeFrame } from './lattice.js';

/** A grid that lies on a lattice: the smallest lattice that holds it, and where each pixel is on it. */
export interface ImageLattice {
  readonly lattice: LatticeFrame;
  /** (M, 2) row and column. */
  readonly nativeIndexForSlimIndex: Int32Array;
}

const none = 'the grid lies on no regular lattice';

/** Whether {@link imageLattice} will find one, from the measure `latticePoints`: what methods on lattices can run on. */
export function onLattice({ latticePoints, M }: Sizes): true | string {
  return latticePoints !== 0 || M === 0 || none;
}

/** The lattice that a grid lies on; throws MethodRefused where there is none. */
export function imageLattice(gridRadiansSlim: NdArray<'real'>, kernel: string): ImageLattice {
  const found = findImageLattice(gridRadiansSlim);
  if (found !== undefined) return found;
  throw new WtildeError('MethodRefused', {
    what: none,
    where: `${kernel}(gridRadiansSlim)`,
    remedy: 'use the method direct or auto',
  });
}

/** The lattice that a grid lies on, or undefined where there is none. */
export function findImageLattice(gridRadiansSlim: NdArray<'real'>): ImageLattice | undefined {
  const lattice = latticeOf(gridRadiansSlim) ?? emptyLattice(gridRadiansSlim);
  if (lattice === undefined) return undefined;
  const { row, column } = lattice;
  const nativeIndexForSlimIndex = new Int32Array(2 * row.length);
  for (let i = 0; i < row.length; i++) {
    nativeIndexForSlimIndex[2 * i] = row[i];
    nativeIndexForSlimIndex[2 * i + 1] = column[i];
  }
  return { lattice, nativeIndexForSlimIndex };
}

/** A grid without pixels lies on every lattice. */
function emptyLattice({ shape }: NdArray<'real'>) {
  if (shape[0] > 0) return undefined;
  const empty = new Int32Array(0);
  return { rows: 0, columns: 0, pitchY: 0, pitchX: 0, y0: 0, x0: 0, row: empty, column: empty };
}

/** The values of a lattice image (rows, columns) at the pixels (M) of the grid. */
export function pixelsOf(
  { lattice, nativeIndexForSlimIndex: native }: ImageLattice,
  image: Float64Array,
): Float64Array {
  const pixels = new Float64Array(native.length / 2);
  for (let i = 0; i < pixels.length; i++) pixels[i] = image[native[2 * i] * lattice.columns + native[2 * i + 1]];
  return pixels;
}

/** The lattice image (rows, columns) that has the values (M) at the pixels of the grid and 0 elsewhere. */
export function imageOf(
  { lattice, nativeIndexForSlimIndex: native }: ImageLattice,
  values: Float64Array,
): Float64Array {
  const image = new Float64Array(lattice.rows * lattice.columns);
  for (let i = 0; i < values.length; i++) image[native[2 * i] * lattice.columns + native[2 * i + 1]] += values[i];
  return image;
}
