import { sizeOf } from '@wtilde/core-types';
import { malformed } from '../bytes/fileErrors.js';
import { finite, integer } from './cards.js';
import { extensionHeader, type FitsHeader, type ParsedHeader, paddedLength, primaryHeader } from './header.js';
import type { Parsing } from './parsing.js';
import { type PixelType, pixelTypeOf } from './pixelTypes.js';

/** The image of a file: what its header says, and how its bytes become numbers. */
export interface FitsImage {
  readonly header: FitsHeader;
  readonly shape: readonly number[];
  /** Where the bytes of the image begin in the file. */
  readonly dataStart: number;
  readonly bytesPerValue: number;
  /** The first `count` values of some bytes of the image. */
  decode(bytes: Uint8Array, count: number): Float64Array;
}

/**
 * Finds the image of a file: that of the primary HDU, or where this has none the only one of the extensions; or that of
 * the HDU asked for, where 0 is the primary one.
 *
 * A file without any image gives the empty shape [0].
 *
 * @throws FileFormat where a header declares something impossible, several extensions hold images, or tables and no image.
 */
export function* findImage(where: string, hdu?: number): Parsing<FitsImage> {
  const primary = yield* primaryHeader(where);
  const hasImage = ({ header }: ParsedHeader) => integer(header, 'NAXIS', where) > 0;
  if (hdu === 0 || (hdu === undefined && hasImage(primary))) return imageOf(primary, where);
  const images: ParsedHeader[] = [];
  const names: string[] = [];
  let at = primary.dataStart + (hasImage(primary) ? paddedLength(dataBytes(primary.header, where)) : 0);
  for (let found = yield* extensionHeader(at, where); found !== undefined; found = yield* extensionHeader(at, where)) {
    const { header, dataStart } = found;
    names.push(nameOf(header));
    const isImage = header.get('XTENSION') === 'IMAGE' && hasImage(found);
    if (isImage && names.length === hdu) return imageOf(found, where);
    if (isImage) images.push(found);
    at = dataStart + paddedLength(dataBytes(header, where));
  }
  if (hdu !== undefined) {
    throw malformed(where, `HDU ${hdu} holds no image`, {
      expected: 'the number of an HDU with an image, 0 for the primary one',
      actual: names.map((name, n) => `${n + 1}: ${name}`).join(', ') || 'no extensions',
      remedy: 'name another one',
    });
  }
  if (images.length === 1) return imageOf(images[0], where);
  if (names.length === 0) return imageOf(primary, where);
  throw malformed(
    where,
    images.length === 0 ? 'the file holds no image' : 'the file holds several images, none of them in its primary HDU',
    {
      expected: 'one image',
      actual: names.map((name, n) => `HDU ${n + 1}: ${name}`).join(', '),
      remedy: 'name the HDU: hdu: 1, or file.fits[1] for wtilde import',
    },
  );
}

/** What an extension is called in messages. */
function nameOf(header: FitsHeader): string {
  const packed =
    header.get('ZIMAGE') === true ? 'an image packed with fpack' : `an extension ${header.get('XTENSION')}`;
  const name = header.get('EXTNAME');
  return name === undefined ? packed : `${packed} named ${name}`;
}

/** FITS standard 4.0, equation 2. */
export function dataBytes(header: FitsHeader, where: string): number {
  const number = (keyword: string, standard: number) =>
    header.has(keyword) ? integer(header, keyword, where) : standard;
  const shape = readShape(header, where);
  const values = integer(header, 'NAXIS', where) === 0 ? 0 : sizeOf(shape);
  const bytes = (Math.abs(number('BITPIX', 8)) / 8) * number('GCOUNT', 1) * (number('PCOUNT', 0) + values);
  if (Number.isSafeInteger(bytes) && bytes >= 0) return bytes;
  throw malformed(where, 'an extension declares an impossible size', { actual: `${bytes} bytes` });
}

function imageOf({ header, dataStart }: ParsedHeader, where: string): FitsImage {
  const type = pixelTypeOf(header, where);
  const shape = readShape(header, where);
  return { header, shape, dataStart, bytesPerValue: type.bytes, decode: decoder(type, header, where) };
}

/** Throws FileFormat where there are fewer bytes than the image takes. */
export function checkComplete(size: number, { shape, dataStart, bytesPerValue }: FitsImage, where: string): void {
  const needed = sizeOf(shape) * bytesPerValue;
  if (size - dataStart >= needed) return;
  const unpadded = size < dataStart;
  throw malformed(where, unpadded ? 'the file ends before its header is a whole block' : 'the file is truncated', {
    expected: `${needed} bytes of image [${shape.join(', ')}] after the header${unpadded ? `, which spaces fill to ${dataStart} bytes` : ''}`,
    actual: `${Math.max(0, size - dataStart)} bytes`,
  });
}

function decoder(type: PixelType, header: FitsHeader, where: string): FitsImage['decode'] {
  const scale = finite(header, 'BSCALE', 1, where);
  const zero = finite(header, 'BZERO', 0, where);
  const blank = type.integer && header.has('BLANK') ? integer(header, 'BLANK', where) : undefined;
  // Left out where it does nothing: 0 + 1 x would turn -0 into 0.
  const scaled = scale !== 1 || zero !== 0;
  return (bytes, count) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const values = new Float64Array(count);
    // Visibilities come as float64 by the hundred million: without a call for each.
    if (type.bytes === 8 && !type.integer) for (let i = 0; i < count; i++) values[i] = view.getFloat64(8 * i);
    else for (let i = 0; i < count; i++) values[i] = type.read(view, i * type.bytes);
    if (!scaled && blank === undefined) return values;
    for (let i = 0; i < count; i++) {
      if (values[i] === blank) values[i] = Number.NaN;
      else if (scaled) values[i] = zero + scale * values[i];
    }
    return values;
  };
}

function readShape(header: FitsHeader, where: string): number[] {
  const rank = integer(header, 'NAXIS', where);
  if (rank < 0 || rank > 999) {
    throw malformed(where, 'NAXIS is not a number of axes', {
      expected: '0 to 999',
      actual: String(rank),
    });
  }
  if (rank === 0) return [0];
  if (header.get('GROUPS') === true) {
    throw malformed(where, 'the file holds random groups (UVFITS), not an image', {
      remedy: 'wtilde import takes them, and openUvfits',
    });
  }
  const shape: number[] = [];
  for (let axis = rank; axis >= 1; axis--) {
    const extent = integer(header, `NAXIS${axis}`, where);
    if (extent < 0 || !Number.isSafeInteger(extent)) {
      throw malformed(where, `NAXIS${axis} is no extent of an axis`, {
        expected: 'a whole number from 0',
        actual: String(extent),
      });
    }
    shape.push(extent);
  }
  return shape;
}
