import { type NdArray, real, sizeOf } from '@wtilde/core-types';
import { type ReadOptions, sizeLimit, tooLarge } from '../bytes/fileErrors.js';
import type { FitsHeader } from './header.js';
import { checkComplete, findImage } from './image.js';
import { parseBytes } from './parsing.js';

/** The size limit of {@link readFits}, in bytes of the float64 array: 4 GiB. */
export const fitsMaxBytes: number = 4 * 2 ** 30;

/** Options of {@link readFits}. */
export interface ReadFitsOptions extends ReadOptions {
  /** Which HDU: 0 for the primary one. Default: the one that has an image. */
  readonly hdu?: number | undefined;
}

/**
 * Reads the image of a FITS file: that of the primary HDU, or where this is empty the only image of the extensions.
 *
 * value = BZERO + BSCALE x stored value, in float64, for BITPIX -64, -32, 64, 32, 16 and 8. Integers
 * of BITPIX 64 beyond 2^53 are rounded to the nearest float64. An integer equal to BLANK is NaN, as
 * the standard means it ("undefined"): whoever needs finite values refuses it there, as every kernel
 * and {@link readVisibilities} do.
 *
 * The shape is in C order, so NAXIS1 is its last extent: (K,2) is NAXIS1 = 2, NAXIS2 = K. Axes of
 * extent 1 are kept. A file without any image gives the empty shape [0].
 *
 * @throws FileFormat where the bytes are not FITS (it says what they are), are truncated, declare
 *   something impossible, or hold tables only, random groups, or several images in extensions;
 *   FileTooLarge where the image would take more than `maxBytes` (default 4 GiB) as float64.
 * @see FITS standard 4.0, sections 3.3, 4.4, 5 and 7.1.
 */
export function readFits(bytes: Uint8Array, options: ReadFitsOptions = {}): NdArray<'real'> {
  return readFitsImage(bytes, options).image;
}

/** {@link readFits}, with the header of the image: its cards with values, by keyword. */
export function readFitsImage(
  bytes: Uint8Array,
  options: ReadFitsOptions = {},
): { readonly image: NdArray<'real'>; readonly header: FitsHeader } {
  const limit = sizeLimit(options, fitsMaxBytes);
  const where = options.where ?? 'FITS bytes';
  const found = parseBytes(findImage(where, options.hdu), bytes);
  const { header, shape, dataStart, decode } = found;
  const count = sizeOf(shape);
  if (count * 8 > limit) throw tooLarge(where, count * 8, limit);
  checkComplete(bytes.length, found, where);
  return { image: real(decode(bytes.subarray(dataStart), count), shape), header };
}
