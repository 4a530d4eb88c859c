import { index, type NdArray, real, WtildeError } from '@wtilde/core-types';
import { shown } from '../arguments/shown.js';
import { geometryOf } from '../mask/geometry.js';
import type { Mask2D } from '../mask/mask2d.js';
import { hilbertImageMesh } from './hilbert.js';
import { standardHilbert } from './hilbertNumbers.js';
import type { ImageMesh } from './mesh.js';
import { overlayImageMesh } from './overlay.js';
import { checkPoints } from './points.js';

/** The points of a mesh in the image plane. */
export interface ImagePoints {
  /** (S, 2), (y, x) in arcsec. */
  readonly points: NdArray<'real'>;
  /** Which of them are meant to be zero. */
  readonly zeroedPixels: NdArray<'index'>;
}

/**
 * The points in the image plane that a mesh is made of.
 *
 * @param adaptImage (M), where the mesh follows one
 */
export function imagePointsOf(mesh: ImageMesh, mask: Mask2D, adaptImage: Float64Array | undefined): ImagePoints {
  if (mesh.type === 'overlay') return withZeroed(overlayImageMesh({ mask, shape: mesh.shape }), 0);
  if (mesh.type === 'points') {
    checkPoints(mesh.points, 'mesh.points');
    const { zeroedPixels = 0 } = mesh;
    if (Number.isInteger(zeroedPixels) && zeroedPixels >= 0 && zeroedPixels < Math.max(mesh.points.shape[0], 1)) {
      return withZeroed(mesh.points, zeroedPixels);
    }
    throw new WtildeError('InvalidValue', {
      what: 'not a number of points of the mesh',
      where: 'mesh.zeroedPixels',
      expected: `a whole number from 0, below the ${mesh.points.shape[0]} points`,
      actual: shown(zeroedPixels),
      remedy: 'pass how many of the last points are meant to be zero',
    });
  }
  const { type: _, interpolation: __, ...numbers } = mesh;
  const image = adaptImage ?? new Float64Array(geometryOf(mask).pixels).fill(1);
  const points = hilbertImageMesh({ mask, adaptImage: real(image), ...numbers });
  return withZeroed(points, mesh.edgePoints ?? standardHilbert.edgePoints);
}

function withZeroed(points: NdArray<'real'>, count: number): ImagePoints {
  const [pixels] = points.shape;
  return { points, zeroedPixels: index(Int32Array.from({ length: count }, (_, k) => pixels - count + k)) };
}
