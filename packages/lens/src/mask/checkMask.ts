import { checkArray, checkNames } from '../arguments/checkArguments.js';
import type { Mask2D } from './mask2d.js';
import { checkPixelScale } from './pixelScale.js';

/** Throws MissingArgument, UnknownArgument, DTypeMismatch, ShapeMismatch or InvalidValue where a value is no mask. */
export function checkMask(mask: Mask2D, where: string): void {
  checkNames(mask, { mask: true, pixelScale: true, outline: false }, where);
  checkArray(mask.mask, ['bool'], ['Ny', 'Nx'], `${where}.mask`);
  checkPixelScale(mask.pixelScale, `${where}.pixelScale`);
}
