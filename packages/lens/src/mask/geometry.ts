import { index, type NdArray, radiansPerPixel, real } from '@wtilde/core-types';
import { checkMask } from './checkMask.js';
import type { Mask2D } from './mask2d.js';

/** The unmasked pixels of an image, in row-major slim order, as the kernels want them. */
export interface MaskGeometry {
  /** N, the side of the square that bounds the unmasked pixels. */
  readonly gridSize: number;
  /** M, the number of unmasked pixels. */
  readonly pixels: number;
  /** Rows and columns of the whole image. */
  readonly shapeNative: readonly [number, number];
  /** Least row and least column of the unmasked pixels: where the bounding square begins. */
  readonly topLeft: readonly [number, number];
  /** Side of a pixel in arcsec. */
  readonly pixelScale: number;
  /** (M, 2) row and column in the bounding square. */
  readonly nativeIndexForSlimIndex: NdArray<'index'>;
  /** (M, 2) pixel centres (y, x) in arcsec: y = -(row - (Ny-1)/2) scale, x = (column - (Nx-1)/2) scale. */
  readonly grid: NdArray<'real'>;
  /** (M, 2) the same in radians. */
  readonly gridRadiansSlim: NdArray<'real'>;
}

/**
 * Where the unmasked pixels of a mask are. Cost: O(Ny Nx).
 *
 * @throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch or InvalidValue for what is no mask.
 */
export function geometryOf(given: Mask2D): MaskGeometry {
  checkMask(given, 'mask');
  const { mask, pixelScale } = given;
  const [rows, columns] = mask.shape;
  const open: number[] = [];
  let [top, left, bottom, right] = [rows, columns, -1, -1];
  mask.data.forEach((masked, at) => {
    if (masked) return;
    const row = Math.floor(at / columns);
    const column = at % columns;
    open.push(row, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
    left = Math.min(left, column);
    right = Math.max(right, column);
  });
  const shape = [open.length / 2, 2];
  const centres = Float64Array.from(open, (at, lane) =>
    lane % 2 === 0 ? -(at - (rows - 1) / 2) * pixelScale : (at - (columns - 1) / 2) * pixelScale,
  );
  return {
    gridSize: Math.max(bottom - top, right - left) + 1,
    pixels: open.length / 2,
    shapeNative: [rows, columns],
    topLeft: [top, left],
    pixelScale,
    nativeIndexForSlimIndex: index(
      Int32Array.from(open, (at, lane) => at - (lane % 2 === 0 ? top : left)),
      shape,
    ),
    grid: real(centres, shape),
    gridRadiansSlim: real(centres.map(radiansPerPixel), shape),
  };
}
