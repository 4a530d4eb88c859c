import { checkNumber } from '../arguments/range.js';

/** Throws InvalidValue for what is no size of a pixel. */
export function checkPixelScale(pixelScale: number, where: string): void {
  checkNumber(pixelScale, { above: 0 }, where, 'the side of a pixel in arcsec');
}
