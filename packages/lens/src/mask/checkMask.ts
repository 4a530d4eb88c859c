import { checkArray, checkNames } from '../arguments/checkArguments.js';
import { checkNumber } from '../arguments/range.js';
import type { Mask2D } from './mask2d.js';

/** Throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch or InvalidValue where a value is no mask. */
export function checkMask(mask: Mask2D, where: string): void {
  checkNames(mask, { mask: true, pixelScale: true, outline: false }, where);
  checkArray(mask.mask, ['bool'], ['Ny', 'Nx'], `${where}.mask`);
  checkPixelScale(mask.pixelScale, `${where}.pixelScale`);
}

/** Throws InvalidValue for what is no size of a pixel. */
export function checkPixelScale(pixelScale: number, where: string): void {
  checkNumber(pixelScale, { above: 0 }, where, 'the side of a pixel in arcsec');
}
