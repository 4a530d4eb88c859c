import { index, type NdArray, real } from '@wtilde/core-types';
import { type Fields, indexScalar, realScalar } from '../fields.js';

/** One arcsecond in radians. */
export const arcsecond: number = Math.PI / 648000;

/** The unmasked pixels of an image: those within `radius` of its centre, and the square around them. */
export interface MaskedPixels {
  /** Side of the full, square image. */
  readonly imageSide: number;
  /** Side N of the bounding square. */
  readonly side: number;
  /** Pixel scale in arcsec. */
  readonly pixelScale: number;
  /** Radius of the mask in arcsec. */
  readonly radius: number;
  /** (M, 2) row and column from the top-left of the bounding square, row by row. */
  readonly native: NdArray<'index'>;
  /** x by column and y by row of the bounding square, in arcsec; y falls as the row grows. */
  readonly columnX: Float64Array;
  readonly rowY: Float64Array;
}

/**
 * A circular mask whose unmasked pixels span exactly `side` x `side`, in the middle of an image with
 * `margin` masked pixels more on every side. `shift` moves the coordinates, not the mask: the grids
 * then have their centre at (y, x) = (shift, -shift) arcsec.
 */
export function circularPixels(side: number, pixelScale: number, margin: number, shift = 0): MaskedPixels {
  const middle = (side - 1) / 2;
  const native: number[] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      // In pixels and with integers only (twice the distance), so that no rounding decides.
      const square = (2 * row - side + 1) ** 2 + (2 * column - side + 1) ** 2;
      if (square <= side * side) native.push(row, column);
    }
  }
  return {
    imageSide: side + 2 * margin,
    side,
    pixelScale,
    radius: (side * pixelScale) / 2,
    native: index(native, [native.length / 2, 2]),
    columnX: Float64Array.from({ length: side }, (_, i) => (i - middle) * pixelScale - shift),
    rowY: Float64Array.from({ length: side }, (_, i) => (middle - i) * pixelScale + shift),
  };
}

/** (y, x) of every unmasked pixel, times `unit`: shape (M, 2). */
export function slimGrid(pixels: MaskedPixels, unit: number): NdArray<'real'> {
  const { native, rowY, columnX } = pixels;
  const grid = new Float64Array(native.data.length);
  for (let i = 0; i < grid.length; i += 2) {
    grid[i] = rowY[native.data[i]] * unit;
    grid[i + 1] = columnX[native.data[i + 1]] * unit;
  }
  return real(grid, native.shape);
}

/** Everything about masks, pixels and grids that kernels take, by upstream argument name. */
export function pixelFields(pixels: MaskedPixels): Fields {
  const { imageSide, side, pixelScale, radius, native } = pixels;
  const count = native.shape[0];
  return {
    shape_native: index([imageSide, imageSide]),
    pixel_scales: real([pixelScale, pixelScale]),
    pixel_scale: realScalar(pixelScale),
    radius: realScalar(radius),
    centre: real([0, 0]),
    grid_size: indexScalar(side),
    shape_masked_pixels_2d: index([side, side]),
    grid_radians_2d: squareGrid(pixels),
    grid_radians_slim: slimGrid(pixels, arcsecond),
    native_index_for_slim_index: native,
    total_mask_pixels: indexScalar(count),
    slim_index_for_sub_slim_index: index(Int32Array.from({ length: count }, (_, i) => i)),
    sub_fraction: real(new Float64Array(count).fill(1)),
  };
}

function squareGrid({ side, rowY, columnX }: MaskedPixels): NdArray<'real'> {
  const grid = new Float64Array(side * side * 2);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      grid[2 * (row * side + column)] = rowY[row] * arcsecond;
      grid[2 * (row * side + column) + 1] = columnX[column] * arcsecond;
    }
  }
  return real(grid, [side, side, 2]);
}
