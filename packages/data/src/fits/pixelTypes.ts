import { malformed } from '../bytes/fileErrors.js';
import { integer } from './cards.js';
import type { FitsHeader } from './header.js';

/** How the bytes of a value become a number. */
export interface PixelType {
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

/** The type that BITPIX names; throws FileFormat where it names none. */
export function pixelTypeOf(header: FitsHeader, where: string): PixelType {
  const bitpix = integer(header, 'BITPIX', where);
  const type = pixelTypes.get(bitpix);
  if (type !== undefined) return type;
  throw malformed(where, 'BITPIX is none of the FITS pixel types', {
    expected: [...pixelTypes.keys()].join(', '),
    actual: String(bitpix),
  });
}
