import { crc32 } from '../../src/bytes/crc32.js';

/** An entry as it is to stand in the archive, whether true or not. */
export interface RawEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly method?: number;
  readonly crc?: number;
  readonly unpackedBytes?: number;
}

/** A ZIP archive by hand, so that it can lie. */
export function zipBytes(entries: readonly RawEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Uint8Array.from(entry.name, (character) => character.charCodeAt(0));
    const local = new Uint8Array(30 + name.length + entry.content.length);
    const view = new DataView(local.buffer);
    view.setUint32(0, 0x04034b50, true);
    describeEntry(view, 8, entry);
    view.setUint16(26, name.length, true);
    local.set(name, 30);
    local.set(entry.content, 30 + name.length);
    const central = new Uint8Array(46 + name.length);
    const centralView = new DataView(central.buffer);
    centralView.setUint32(0, 0x02014b50, true);
    describeEntry(centralView, 10, entry);
    centralView.setUint16(28, name.length, true);
    centralView.setUint32(42, offset, true);
    central.set(name, 46);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  view.setUint32(
    12,
    directory.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  view.setUint32(16, offset, true);
  return Uint8Array.from([...parts, ...directory, end].flatMap((part) => [...part]));
}

/** The same with every number where Zip64 puts it, however small. */
export function zip64Bytes(entries: readonly RawEntry[]): Uint8Array {
  const plain = zipBytes(entries);
  const view = new DataView(plain.buffer);
  const start = findCentral(plain);
  const directory: number[] = [];
  for (let at = start; at < findEnd(plain); ) {
    const length = 46 + view.getUint16(at + 28, true);
    const central = plain.slice(at, at + length);
    const centralView = new DataView(central.buffer);
    const numbers = [24, 20, 42].map((place) => centralView.getUint32(place, true));
    for (const place of [20, 24, 42]) centralView.setUint32(place, 0xffffffff, true);
    const extra = new Uint8Array(28);
    const extraView = new DataView(extra.buffer);
    extraView.setUint16(0, 1, true);
    extraView.setUint16(2, 24, true);
    for (const [i, value] of numbers.entries()) extraView.setBigUint64(4 + 8 * i, BigInt(value), true);
    centralView.setUint16(30, extra.length, true);
    directory.push(...central, ...extra);
    at += length;
  }
  const end = new Uint8Array(56 + 20 + 22);
  const endView = new DataView(end.buffer);
  endView.setUint32(0, 0x06064b50, true);
  const far = [entries.length, entries.length, directory.length, start];
  for (const [i, value] of far.entries()) endView.setBigUint64(24 + 8 * i, BigInt(value), true);
  endView.setUint32(56, 0x07064b50, true);
  endView.setBigUint64(64, BigInt(start + directory.length), true);
  endView.setUint32(76, 0x06054b50, true);
  end.fill(0xff, 84, 96);
  return Uint8Array.from([...plain.subarray(0, start), ...directory, ...end]);
}

/** Where the first entry of the directory is. */
export function findCentral(bytes: Uint8Array): number {
  return new DataView(bytes.buffer).getUint32(findEnd(bytes) + 16, true);
}

/** Where the end record is, for an archive without a comment. */
export function findEnd(bytes: Uint8Array): number {
  return bytes.length - 22;
}

function describeEntry(view: DataView, at: number, entry: RawEntry): void {
  view.setUint16(at, entry.method ?? 0, true);
  view.setUint32(at + 6, entry.crc ?? crc32(entry.content), true);
  view.setUint32(at + 10, entry.content.length, true);
  view.setUint32(at + 14, entry.unpackedBytes ?? entry.content.length, true);
}
