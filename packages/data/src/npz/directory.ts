import { malformed } from '../bytes/fileErrors.js';
import { kindOf } from '../bytes/kind.js';

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

/** Where the directory of an archive is. */
interface Directory {
  readonly count: number;
  readonly start: number;
  readonly end: number;
  /** What stands before the archive, as in one that unpacks itself: every offset is off by so many bytes. */
  readonly shift: number;
}

const endSignature = 0x06054b50;
const endSignature64 = 0x06064b50;
const locatorSignature = 0x07064b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const locatorBytes = 20;
const centralBytes = 46;
const localBytes = 30;
/** Stands in 32 bits for a number that Zip64 keeps elsewhere. */
const elsewhere32 = 0xffffffff;

/**
 * The entries of a ZIP archive, Zip64 or not, from its central directory; nothing is unpacked. Bytes before the archive and
 * behind it are passed over, as Python's zipfile does.
 *
 * @throws FileFormat where the archive is none, is truncated, damaged or encrypted.
 * @see PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16 and 4.5.3.
 */
export function zipEntries(bytes: Uint8Array, where: string): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start, end, shift } = findDirectory(bytes, view, where);
  let at = start;
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + centralBytes > end || view.getUint32(at, true) !== centralSignature) {
      throw malformed(where, 'the archive is truncated or damaged: its directory is incomplete', {
        expected: `${count} entries`,
        actual: `${i}`,
      });
    }
    entries.push(readEntry(bytes, view, at, shift, where));
    at += centralBytes + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findDirectory(bytes: Uint8Array, view: DataView, where: string): Directory {
  const end = findEnd(bytes, view, where);
  const directory = (count: number, size: number, offset: number, to: number): Directory => {
    const start = to - size;
    if (start >= offset && offset >= 0) return { count, start, end: to, shift: start - offset };
    throw malformed(where, 'the archive is truncated or damaged: its directory is not where it says', {
      expected: `${offset} bytes before it${offset === elsewhere32 ? ', or a Zip64 record of them' : ''}`,
      actual: `${start}`,
    });
  };
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const offset = view.getUint32(end + 16, true);
  const locator = end - locatorBytes;
  if (locator < 0 || view.getUint32(locator, true) !== locatorSignature) return directory(count, size, offset, end);
  const end64 = findEnd64(view, locator);
  if (end64 === undefined) throw malformed(where, 'the archive is damaged: its Zip64 directory is not where it says');
  return directory(uint64(view, end64 + 32), uint64(view, end64 + 40), uint64(view, end64 + 48), end64);
}

/** The Zip64 end record: where its locator says, or right before that, where something stands before the archive. */
function findEnd64(view: DataView, locator: number): number | undefined {
  const places = [uint64(view, locator + 8), locator - 56];
  return places.find((at) => at >= 0 && at + 56 <= locator && view.getUint32(at, true) === endSignature64);
}

/**
 * The end record stands at the very end, but for a comment of up to 65535 bytes. Where nothing fits so exactly, the last
 * one that has bytes behind it will do.
 */
function findEnd(bytes: Uint8Array, view: DataView, where: string): number {
  const last = view.byteLength - endBytes;
  let inexact: number | undefined;
  for (let at = last; at >= 0 && at >= last - 0xffff; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    if (at + endBytes + view.getUint16(at + 20, true) === view.byteLength) return at;
    inexact ??= at;
  }
  if (inexact !== undefined) return inexact;
  const { id, name } = kindOf(bytes);
  throw malformed(
    where,
    id === 'npz' ? 'the archive is truncated: its directory is missing' : 'this is not an NPZ archive',
    { expected: 'a ZIP archive of NPY arrays', actual: id === 'npz' ? `${view.byteLength} bytes` : name },
  );
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, shift: number, archive: string): ZipEntry {
  const nameEnd = at + centralBytes + view.getUint16(at + 28, true);
  const name = new TextDecoder().decode(bytes.subarray(at + centralBytes, nameEnd));
  const where = `${archive}: ${name}`;
  const extra = zip64Numbers(view, nameEnd, Math.min(nameEnd + view.getUint16(at + 30, true), view.byteLength));
  // Those that stand elsewhere do so in this order, and only those.
  const number = (place: number): number => {
    const value = view.getUint32(at + place, true);
    if (value !== elsewhere32) return value;
    const found = extra.shift();
    if (found !== undefined) return found;
    throw malformed(where, 'the archive is damaged: a size of its Zip64 entry is missing');
  };
  const unpackedBytes = number(24);
  const packedBytes = number(20);
  const local = number(42) + shift;
  if ((view.getUint16(at + 8, true) & 1) !== 0) {
    throw malformed(where, 'the entry is encrypted', { remedy: 'write it without a password' });
  }
  const known = local >= 0 && local + localBytes <= view.byteLength;
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

/** The 64-bit numbers of the extra field 1 of an entry. */
function zip64Numbers(view: DataView, start: number, end: number): number[] {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const length = Math.min(view.getUint16(at + 2, true), end - at - 4);
    return Array.from({ length: Math.floor(length / 8) }, (_, i) => uint64(view, at + 4 + 8 * i));
  }
  return [];
}

/** Beyond 2^53 it is rounded, and beyond any file. */
function uint64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
