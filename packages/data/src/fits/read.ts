import { type NdArray, real, sizeOf } from '@wtilde/core-types';
import { malformed, type ReadOptions, sizeLimit, tooLarge } from '../fileErrors.js';
import { type FitsHeader, parseHeader } from './header.js';

/** The size limit of {@link readFits}, in bytes of the float64 array: 4 GiB. */
export const fitsMaxBytes: number = 4 * 2 ** 30;

interface PixelType {
  readonly bytes: number;
  readonly integer: boolean;
  read(view: DataView, at: number): number;
}

const pixelTypes: ReadonlyMap<number, PixelType> = new Map([
  [8, { bytes: 1, integer: true, read: (view, at) => view.getUint8(at) }],
  [16, { bytes: 2, integer: true, read: (view, at) => view.getInt16(at) }],
  [32, { bytes: 4, integer: true, read: (view, at) => view.getInt32(at) }],
  [64, { bytes: 8, integer: true, read: (view, at) => Number(view.getBigInt64(at)) }],
  [-32, { bytes: 4, integer: false, read: (view, at) => view.getFloat32(at) }],
  [-64, { bytes: 8, integer: false, read: (view, at) => view.getFloat64(at) }],
]);

/**
 * Reads the image of the primary HDU of a FITS file.
 *
 * value = BZERO + BSCALE x stored value, in float64, for BITPIX -64, -32, 64, 32, 16 and 8. Integers
 * of BITPIX 64 beyond 2^53 are rounded to the nearest float64. An integer equal to BLANK is NaN, as
 * the standard means it ("undefined"): whoever needs finite values refuses it there, as every kernel
 * and {@link readVisibilities} do.
 *
 * The shape is in C order, so NAXIS1 is its last extent: (K,2) is NAXIS1 = 2, NAXIS2 = K. A file
 * with NAXIS = 0 has no primary image and gives the empty shape [0].
 *
 * @throws FileFormat where the bytes are not FITS, are truncated or declare something impossible;
 *   FileTooLarge where the image would take more than `maxBytes` (default 4 GiB) as float64.
 * @see FITS standard 4.0, sections 3.3, 4.4 and 5.
 */
export function readFits(bytes: Uint8Array, options: ReadOptions = {}): NdArray<'real'> {
  const where = options.where ?? 'FITS bytes';
  const limit = sizeLimit(options, fitsMaxBytes);
  const { shape, dataStart, bytesPerValue, decode } = parseImage(bytes, where);
  const count = sizeOf(shape);
  if (count * 8 > limit) throw tooLarge(where, count * 8, limit);
  checkComplete(bytes.length - dataStart, count * bytesPerValue, shape, where);
  return real(decode(bytes.subarray(dataStart), count), shape);
}

/** The image of a primary HDU: what its header says, and how its bytes become numbers. */
export interface FitsImage {
  readonly shape: readonly number[];
  /** Where the bytes of the image begin in the file. */
  readonly dataStart: number;
  readonly bytesPerValue: number;
  /** The first `count` values of some bytes of the image. */
  decode(bytes: Uint8Array, count: number): Float64Array;
}

/** Describes the image of a file from its header; throws FileFormat. */
export function parseImage(bytes: Uint8Array, where: string): FitsImage {
  const { header, dataStart } = parseHeader(bytes, where);
  const bitpix = integer(header, 'BITPIX', where);
  const type = pixelTypes.get(bitpix);
  if (type === undefined) {
    throw malformed(where, 'BITPIX is none of the FITS pixel types', {
      expected: [...pixelTypes.keys()].join(', '),
      actual: String(bitpix),
    });
  }
  const shape = readShape(header, where);
  return { shape, dataStart, bytesPerValue: type.bytes, decode: decoder(type, header, where) };
}

/** Throws FileFormat where there are fewer bytes than the image takes. */
export function checkComplete(present: number, needed: number, shape: readonly number[], where: string): void {
  if (present >= needed) return;
  throw malformed(where, 'the file is truncated', {
    expected: `${needed} bytes of image [${shape.join(', ')}] after the header`,
    actual: `${Math.max(0, present)} bytes`,
  });
}

function decoder(type: PixelType, header: FitsHeader, where: string): FitsImage['decode'] {
  const scale = scaling(header, 'BSCALE', 1, where);
  const zero = scaling(header, 'BZERO', 0, where);
  const blank = type.integer && header.has('BLANK') ? integer(header, 'BLANK', where) : undefined;
  // Left out where it does nothing: 0 + 1 x would turn -0 into 0.
  const scaled = scale !== 1 || zero !== 0;
  return (bytes, count) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = type.read(view, i * type.bytes);
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
    throw malformed(where, 'the file holds random groups, not an image', {
      remedy: 'export the visibilities as a (K,2) image',
    });
  }
  const shape: number[] = [];
  for (let axis = rank; axis >= 1; axis--) {
    const extent = integer(header, `NAXIS${axis}`, where);
    if (extent < 0) {
      throw malformed(where, `NAXIS${axis} is negative`, { actual: String(extent) });
    }
    shape.push(extent);
  }
  return shape;
}

function integer(header: FitsHeader, keyword: string, where: string): number {
  const value = header.get(keyword);
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw malformed(where, `the header has no valid ${keyword} card`, {
    expected: 'an integer',
    actual: value === undefined ? 'none' : String(value),
  });
}

function scaling(header: FitsHeader, keyword: string, standard: number, where: string): number {
  const value = header.get(keyword) ?? standard;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw malformed(where, `the header has no valid ${keyword} card`, {
    expected: 'a finite number',
    actual: String(value),
  });
}
