import { type Lattice, latticeOf, type NdArray, WtildeError } from '@wtilde/core-types';

/** The lattice that a grid lies on; throws MethodRefused where there is none. */
export function imageLattice(gridRadiansSlim: NdArray<'real'>, kernel: string): Lattice {
  const found = latticeOf(gridRadiansSlim);
  if (found !== undefined) return found;
  throw new WtildeError('MethodRefused', {
    what: 'the grid lies on no regular lattice',
    where: `${kernel}(gridRadiansSlim)`,
    remedy: 'use the method direct or auto',
  });
}
