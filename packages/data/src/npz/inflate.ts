import { Inflate } from 'fflate';
import { crc32 } from '../bytes/crc32.js';
import { malformed } from '../bytes/fileErrors.js';
import type { ZipEntry } from './directory.js';

/** Deflate cannot do better than 258 bytes for 2 bits. */
const bestRatio = 1032;
/** Packed bytes per step: one step can unpack to 64 MiB at most before its size is looked at. */
const stepBytes = 64 * 1024;
/** For the beginning of an entry: one step can unpack to 2 MiB at most. */
const headStepBytes = 2 * 1024;

/** The first bytes of an entry, at least so many where it has them; nothing more is unpacked. */
export function unpackHead(entry: ZipEntry, bytes: number, where: string): Uint8Array {
  if (entry.method === 0) return entry.packed.subarray(0, bytes);
  requireDeflate(entry, where);
  const head = new Uint8Array(Math.min(bytes, entry.unpackedBytes));
  let length = 0;
  const inflater = new Inflate((chunk) => {
    head.set(chunk.subarray(0, head.length - length), length);
    length += Math.min(chunk.length, head.length - length);
  });
  for (let at = 0; at < entry.packedBytes && length < head.length; at += headStepBytes) {
    push(inflater, entry.packed.subarray(at, at + headStepBytes), at + headStepBytes >= entry.packedBytes, where);
  }
  return head.subarray(0, length);
}

/**
 * Unpacks one entry into exactly the number of bytes that the directory announced.
 *
 * Unpacking stops at the first step that goes beyond that number, so an entry that lies about its
 * size cannot fill the memory.
 *
 * @throws FileFormat where method, size or checksum are not what the directory says.
 */
export function unpack(entry: ZipEntry, where: string): Uint8Array {
  const unpacked = entry.method === 0 ? stored(entry, where) : inflated(entry, where);
  if (crc32(unpacked) !== entry.crc) {
    throw malformed(where, 'the entry is damaged: its checksum is wrong');
  }
  return unpacked;
}

function stored(entry: ZipEntry, where: string): Uint8Array {
  if (entry.packedBytes !== entry.unpackedBytes) throw wrongSize(entry, entry.packedBytes, where);
  return entry.packed;
}

function requireDeflate({ method }: ZipEntry, where: string): void {
  if (method === 8) return;
  throw malformed(where, 'the compression method is not supported', {
    expected: '0 (stored) or 8 (deflate)',
    actual: String(method),
    remedy: 'write the archive with numpy.savez or numpy.savez_compressed',
  });
}

function inflated(entry: ZipEntry, where: string): Uint8Array {
  requireDeflate(entry, where);
  // Before allocating what a lying directory asks for.
  if (entry.unpackedBytes > bestRatio * entry.packedBytes) {
    throw wrongSize(entry, `at most ${bestRatio * entry.packedBytes}`, where);
  }
  const result = new Uint8Array(entry.unpackedBytes);
  let length = 0;
  const inflater = new Inflate((chunk) => {
    if (length + chunk.length > result.length) {
      throw wrongSize(entry, `${length + chunk.length} or more`, where);
    }
    result.set(chunk, length);
    length += chunk.length;
  });
  for (let at = 0; at < entry.packedBytes; at += stepBytes) {
    const last = at + stepBytes >= entry.packedBytes;
    push(inflater, entry.packed.subarray(at, at + stepBytes), last, where);
  }
  if (length !== result.length) throw wrongSize(entry, length, where);
  return result;
}

function push(inflater: Inflate, chunk: Uint8Array, last: boolean, where: string): void {
  try {
    inflater.push(chunk, last);
  } catch (cause) {
    // Our own size error comes out of the inflater as it went in; the rest is its own.
    if (cause instanceof Error && cause.name === 'FileFormat') throw cause;
    throw malformed(where, 'the compressed bytes cannot be unpacked', { cause });
  }
}

function wrongSize(entry: ZipEntry, actual: number | string, where: string): Error {
  return malformed(where, 'the entry does not unpack to the size that the directory announces', {
    expected: `${entry.unpackedBytes} bytes`,
    actual: `${actual}`,
  });
}
