import { bool, type NdArray, WtildeError } from '@wtilde/core-types';
import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { isWithin } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import { checkPixelScale } from './pixelScale.js';

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
 * @throws InvalidValue for a shape, scale or radius out of domain, or where no pixel is left open; MissingArgument or
 *   UnknownArgument for other names.
 */
export function circularMask(given: Canvas & { readonly radius: number }): Mask2D {
  checkNames(given, { ...canvasNames, radius: true }, 'circularMask');
  const { radius, ...canvas } = given;
  return annularMask({ ...canvas, innerRadius: 0, outerRadius: radius });
}

/**
 * Leaves open what is not closer to the centre than one radius and not further than another, in arcsec.
 *
 * @throws InvalidValue for a shape, scale or radii out of domain, or where no pixel is left open; MissingArgument or
 *   UnknownArgument for other names.
 */
export function annularMask(given: Canvas & { readonly innerRadius: number; readonly outerRadius: number }): Mask2D {
  checkNames(given, { ...canvasNames, innerRadius: true, outerRadius: true }, 'annularMask');
  const { shapeNative, pixelScale, centre = [0, 0], innerRadius, outerRadius } = given;
  checkShape(shapeNative);
  checkPixelScale(pixelScale, 'mask pixelScale');
  checkCentre(centre);
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
 * @throws DTypeMismatch or ShapeMismatch where it is no image, InvalidValue for a scale out of domain or where no pixel is left open.
 */
export function maskOf(image: NdArray<'bool' | 'index' | 'real'>, pixelScale: number): Mask2D {
  checkArray(image, ['bool', 'index', 'real'], ['Ny', 'Nx'], 'mask');
  checkPixelScale(pixelScale, 'mask pixelScale');
  const mask = bool(
    Uint8Array.from(image.data, (value) => (value === 0 ? 0 : 1)),
    image.shape,
  );
  checkOpen(mask);
  return { mask, pixelScale };
}

const canvasNames = { shapeNative: true, pixelScale: true, centre: false };

/** No image has more pixels: their list would not fit an array. */
const mostPixels = 2 ** 28;

function checkShape(shape: readonly [number, number]): void {
  const isExtent = (extent: unknown) => Number.isInteger(extent) && Number(extent) > 0;
  const isPair = Array.isArray(shape) && shape.length === 2 && shape.every(isExtent);
  if (isPair && shape[0] * shape[1] <= mostPixels) return;
  throw new WtildeError('InvalidValue', {
    what: 'no image has this shape',
    where: 'mask shapeNative',
    expected: `two whole numbers above 0, together at most ${mostPixels} pixels`,
    actual: shown(shape),
    remedy: 'pass rows and columns of the image',
  });
}

function checkCentre(centre: readonly [number, number]): void {
  if (Array.isArray(centre) && centre.length === 2 && centre.every(Number.isFinite)) return;
  throw new WtildeError('InvalidValue', {
    what: 'no mask has its centre there',
    where: 'mask centre',
    expected: 'two numbers (y, x) in arcsec',
    actual: shown(centre),
    remedy: 'pass such a centre',
  });
}

function checkRadii(inner: number, outer: number): void {
  if (isWithin(inner, { minimum: 0 }) && isWithin(outer, { minimum: inner })) return;
  throw new WtildeError('InvalidValue', {
    what: 'no ring has these radii',
    where: 'mask radius',
    expected: '0 <= inner radius <= outer radius',
    actual: `${shown(inner)} and ${shown(outer)}`,
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
