import { type NdArray, WtildeError } from '@wtilde/core-types';
import { type LatticeGrid, recogniseLattice } from '../fourier/recognise-lattice.js';

/** The lattice that a grid lies on; throws MethodRefused where there is none. */
export function imageLattice(gridRadiansSlim: NdArray<'real'>, kernel: string): LatticeGrid {
  const found = recogniseLattice(gridRadiansSlim.data);
  if (found !== undefined) return found;
  throw new WtildeError('MethodRefused', {
    what: 'the grid lies on no regular lattice',
    where: `${kernel}(gridRadiansSlim)`,
    remedy: 'use the method direct or auto',
  });
}

/** The values of a lattice image (rows, columns) at the pixels (M) of the grid. */
export function pixelsOf({ lattice, nativeIndexForSlimIndex: native }: LatticeGrid, image: Float64Array): Float64Array {
  return Float64Array.from(
    { length: native.length / 2 },
    (_, i) => image[native[2 * i] * lattice.columns + native[2 * i + 1]],
  );
}

/** The lattice image (rows, columns) that has the values (M) at the pixels of the grid and 0 elsewhere. */
export function imageOf({ lattice, nativeIndexForSlimIndex: native }: LatticeGrid, values: Float64Array): Float64Array {
  const image = new Float64Array(lattice.rows * lattice.columns);
  values.forEach((value, i) => {
    image[native[2 * i] * lattice.columns + native[2 * i + 1]] += value;
  });
  return image;
}
