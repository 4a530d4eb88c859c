import { Inflate } from 'fflate';
import { malformed } from '../fileErrors.js';
import { crc32 } from './crc32.js';
import type { ZipEntry } from './directory.js';

/** Deflate cannot do better than 258 bytes for 2 bits. */
const bestRatio = 1032;
/** Packed bytes per step: one step can unpack to 64 MiB at most before its size is looked at. */
const stepBytes = 64 * 1024;

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

function inflated(entry: ZipEntry, where: string): Uint8Array {
  if (entry.method !== 8) {
    throw malformed(where, 'the compression method is not supported', {
      expected: '0 (stored) or 8 (deflate)',
      actual: String(entry.method),
      remedy: 'write the archive with numpy.savez or numpy.savez_compressed',
    });
  }
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
