import { malformed } from '../fileErrors.js';

/** One file of a ZIP archive as its central directory describes it. Nothing here is trusted yet. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflate. */
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  /** The packed bytes themselves. */
  readonly packed: Uint8Array;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const centralBytes = 46;
const localBytes = 30;

/**
 * The entries of a ZIP archive, from its central directory; nothing is unpacked.
 *
 * @throws FileFormat where the archive is none, is truncated, encrypted or in Zip64 format.
 * @see PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 */
export function zipEntries(bytes: Uint8Array, where: string): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view, where);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) throw zip64(where);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + centralBytes > end || view.getUint32(at, true) !== centralSignature) {
      throw malformed(where, 'the archive is truncated or damaged: its directory is incomplete', {
        expected: `${count} entries`,
        actual: `${i}`,
      });
    }
    const nameBytes = view.getUint16(at + 28, true);
    entries.push(readEntry(bytes, view, at, nameBytes, where));
    at += centralBytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The end record stands at the very end, but for a comment of up to 65535 bytes. */
function findEnd(view: DataView, where: string): number {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= 0 && at >= last - 0xffff; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    if (at + endBytes + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  const zip = view.byteLength >= 4 && view.getUint32(0, true) === localSignature;
  throw malformed(where, zip ? 'the archive is truncated: its directory is missing' : 'this is not an NPZ archive', {
    expected: 'a ZIP archive of NPY arrays',
    actual: `${view.byteLength} bytes`,
  });
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, nameBytes: number, archive: string): ZipEntry {
  const name = decodeName(bytes.subarray(at + centralBytes, at + centralBytes + nameBytes));
  const where = `${archive}: ${name}`;
  const packedBytes = view.getUint32(at + 20, true);
  const unpackedBytes = view.getUint32(at + 24, true);
  const local = view.getUint32(at + 42, true);
  if ([packedBytes, unpackedBytes, local].includes(0xffffffff)) throw zip64(where);
  if ((view.getUint16(at + 8, true) & 1) !== 0) {
    throw malformed(where, 'the entry is encrypted', { remedy: 'write it without a password' });
  }
  const known = local + localBytes <= view.byteLength;
  if (!known || view.getUint32(local, true) !== localSignature) {
    throw malformed(where, 'the archive is damaged: an entry is not where the directory says');
  }
  // The local header repeats the name and has its own extra field; only their lengths matter here.
  const start = local + localBytes + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = bytes.subarray(start, start + packedBytes);
  if (packed.length !== packedBytes) {
    throw malformed(where, 'the archive is truncated or damaged inside an entry', {
      expected: `${packedBytes} bytes`,
      actual: `${packed.length}`,
    });
  }
  const method = view.getUint16(at + 10, true);
  return { name, method, crc: view.getUint32(at + 16, true), packedBytes, unpackedBytes, packed };
}

function decodeName(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function zip64(where: string): Error {
  return malformed(where, 'the archive uses Zip64', {
    expected: 'entries of less than 4 GiB',
    remedy: 'split the arrays over several files',
  });
}
