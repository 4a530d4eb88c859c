/** Several pieces of bytes as one. */
import { WtildeError } from '@wtilde/core-types';

/** The pieces one after the other, each after its length as a 64-bit number. */
export function pack(pieces: readonly Uint8Array[]): Uint8Array {
  const total = pieces.reduce((sum, { length }) => sum + 8 + length, 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const piece of pieces) {
    view.setBigUint64(at, BigInt(piece.length), true);
    bytes.set(piece, at + 8);
    at += 8 + piece.length;
  }
  return bytes;
}

/** The inverse of {@link pack}; throws InvalidContract for other bytes. */
export function unpack(bytes: Uint8Array, where: string): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = at + 8 <= bytes.length ? Number(view.getBigUint64(at, true)) : Number.POSITIVE_INFINITY;
    if (at + 8 + length > bytes.length) throw torn(where);
    // Not a subarray: that of a Buffer is a Buffer, whose slice is no copy.
    pieces.push(new Uint8Array(bytes.buffer, bytes.byteOffset + at + 8, length));
    at += 8 + length;
  }
  return pieces;
}

function torn(where: string): WtildeError {
  return new WtildeError('InvalidContract', {
    what: 'the bytes are not whole',
    where,
    remedy: 'run the same version of wtilde everywhere',
  });
}
