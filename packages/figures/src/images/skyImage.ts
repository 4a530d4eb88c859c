import { type NdArray, real } from '@wtilde/core-types';

/** An image of the sky or of the source plane, with coordinates. */
export interface SkyImage {
  /** (rows, columns) from the largest y down and from the smallest x on; NaN where there is no value. */
  readonly values: NdArray<'real'>;
  /** Side of a pixel in arcsec. */
  readonly pixelScale: number;
  /** (y, x) of the middle of the image, in arcsec. */
  readonly centre: readonly [number, number];
  readonly unit: string;
}

/** The range of the values of images, NaN left out; [0, 0] of nothing. */
export function rangeOf(...images: readonly Pick<SkyImage, 'values'>[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of images) {
    for (const value of values.data) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? [0, 0] : [low, high];
}

/** The same image in other numbers. */
export function mapped(image: SkyImage, unit: string, change: (value: number) => number): SkyImage {
  return { ...image, unit, values: real(image.values.data.map(change), image.values.shape) };
}

/** Where an image ends: x from, x to, y from, y to, in arcsec. */
export function extentOf({ centre: [y, x], values, pixelScale }: SkyImage): readonly [number, number, number, number] {
  const [high, wide] = values.shape.map((count) => (count * pixelScale) / 2);
  return [x - wide, x + wide, y - high, y + high];
}
