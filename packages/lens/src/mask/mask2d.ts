import { bool, type NdArray, WtildeError } from '@wtilde/core-types';

/** The circles that a mask was drawn with: what lies between them is open, their edges included. */
export interface MaskOutline {
  /** (y, x) in arcsec. */
  readonly centre: readonly [number, number];
  /** In arcsec; 0 for a disc. */
  readonly innerRadius: number;
  /** In arcsec. */
  readonly outerRadius: number;
}

/** Which pixels of an image take part. */
export interface Mask2D {
  /** (Ny, Nx), true where masked. */
  readonly mask: NdArray<'bool'>;
  /** Side of a pixel in arcsec. */
  readonly pixelScale: number;
  /** The circles that the mask was drawn with, where it was. */
  readonly outline?: MaskOutline | undefined;
}

interface Canvas {
  /** Rows and columns (Ny, Nx). */
  readonly shapeNative: readonly [number, number];
  /** Side of a pixel in arcsec. */
  readonly pixelScale: number;
  /** (y, x) in arcsec, positive up and right of the centre of the image; by default (0, 0). */
  readonly centre?: readonly [number, number] | undefined;
}

/**
 * Masks what is further from the centre than a radius in arcsec; exactly on the radius is open: mask2dCircularFrom.
 *
 * @throws InvalidValue for a shape, scale or radius out of domain, or where no pixel is left open.
 */
export function circularMask({ radius, ...canvas }: Canvas & { readonly radius: number }): Mask2D {
  return annularMask({ ...canvas, innerRadius: 0, outerRadius: radius });
}

/**
 * Leaves open what is not closer to the centre than one radius and not further than another, in arcsec.
 *
 * @throws InvalidValue for a shape, scale or radii out of domain, or where no pixel is left open.
 */
export function annularMask({
  shapeNative,
  pixelScale,
  centre = [0, 0],
  innerRadius,
  outerRadius,
}: Canvas & { readonly innerRadius: number; readonly outerRadius: number }): Mask2D {
  checkShape(shapeNative);
  checkPixelScale(pixelScale);
  checkRadii(innerRadius, outerRadius);
  const [rows, columns] = shapeNative;
  const middleRow = (rows - 1) / 2 - centre[0] / pixelScale;
  const middleColumn = (columns - 1) / 2 + centre[1] / pixelScale;
  const masked = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const squared = ((row - middleRow) * pixelScale) ** 2 + ((column - middleColumn) * pixelScale) ** 2;
      if (squared > outerRadius ** 2 || squared < innerRadius ** 2) masked[row * columns + column] = 1;
    }
  }
  const mask = { mask: bool(masked, [rows, columns]), pixelScale, outline: { centre, innerRadius, outerRadius } };
  checkOpen(mask.mask);
  return mask;
}

/**
 * A mask from an array (Ny, Nx), such as one read from a file: whatever is not 0 is masked.
 *
 * @throws ShapeMismatch where it is no image, InvalidValue for a scale out of domain or where no pixel is left open.
 */
export function maskOf(image: NdArray<'bool' | 'index' | 'real'>, pixelScale: number): Mask2D {
  checkPixelScale(pixelScale);
  if (image.shape.length !== 2) {
    throw new WtildeError('ShapeMismatch', {
      what: 'a mask is an image',
      where: 'mask',
      expected: '(Ny, Nx)',
      actual: `(${image.shape.join(', ')})`,
      remedy: 'pass a two-dimensional array',
    });
  }
  const mask = bool(
    Uint8Array.from(image.data, (value) => (value === 0 ? 0 : 1)),
    image.shape,
  );
  checkOpen(mask);
  return { mask, pixelScale };
}

function checkShape(shape: readonly [number, number]): void {
  if (shape.every((extent) => Number.isInteger(extent) && extent > 0)) return;
  throw new WtildeError('InvalidValue', {
    what: 'no image has this shape',
    where: 'mask shapeNative',
    expected: 'two whole numbers above 0',
    actual: shape.join('x'),
    remedy: 'pass rows and columns of the image',
  });
}

function checkPixelScale(pixelScale: number): void {
  if (pixelScale > 0 && pixelScale < Number.POSITIVE_INFINITY) return;
  throw new WtildeError('InvalidValue', {
    what: 'no pixel has this size',
    where: 'mask pixelScale',
    expected: 'a number above 0',
    actual: String(pixelScale),
    remedy: 'pass the side of a pixel in arcsec',
  });
}

function checkRadii(inner: number, outer: number): void {
  if (inner >= 0 && outer >= inner && outer < Number.POSITIVE_INFINITY) return;
  throw new WtildeError('InvalidValue', {
    what: 'no ring has these radii',
    where: 'mask radius',
    expected: '0 <= inner radius <= outer radius',
    actual: `${inner} and ${outer}`,
    remedy: 'pass radii in arcsec',
  });
}

function checkOpen(mask: NdArray<'bool'>): void {
  if (mask.data.includes(0)) return;
  throw new WtildeError('InvalidValue', {
    what: 'the mask leaves no pixel open',
    where: 'mask',
    expected: 'at least one pixel that is not masked',
    actual: `${mask.shape.join('x')} masked pixels`,
    remedy: 'use a larger radius, or check that true means masked',
  });
}
