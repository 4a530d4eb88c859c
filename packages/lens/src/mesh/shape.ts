import { WtildeError } from '@wtilde/core-types';
import { shown } from '../arguments/shown.js';

/** No kernel takes more source pixels: their curvature matrix would have more than 2^32 elements. */
const mostPixels = 2 ** 16;

/** Cells along an axis that a kind of mesh needs, where it is more than one. */
const leastCells: Readonly<Record<string, number>> = {
  rectangular: 2,
  rectangularAdaptDensity: 4,
  rectangularAdaptImage: 4,
};

/** Throws InvalidValue where a mesh of that shape could not be used by any kernel. */
export function checkMeshShape(shape: unknown, type: string): void {
  const least = leastCells[type] ?? 1;
  const isCount = (extent: unknown): extent is number => Number.isInteger(extent) && Number(extent) >= least;
  if (Array.isArray(shape) && shape.length === 2) {
    const [rows, columns]: readonly unknown[] = shape;
    if (isCount(rows) && isCount(columns) && rows * columns <= mostPixels) return;
  }
  throw new WtildeError('InvalidValue', {
    what: 'a mesh cannot have this shape',
    where: `mesh ${type}`,
    expected: `two whole numbers from ${least}, together at most ${mostPixels} cells`,
    actual: shown(shape),
    remedy: 'choose another number of rows and columns',
  });
}
