import { open, stat } from 'node:fs/promises';
import { fitsMaxBytes } from '../fits/read.js';
import { readFitsBytes } from './fitsBytes.js';
import { type FilePath, fileName, unreadable } from './io.js';
import { fileKind } from './visibilityFiles.js';

/** Bytes that can be read anywhere, again and again. */
export interface ByteSource {
  open(): Promise<OpenBytes>;
}

interface OpenBytes {
  readonly size: number;
  /** The bytes from there on, fewer where the file ends. */
  fetch(at: number, length: number): Promise<Uint8Array>;
  /** All those bytes; they may be overwritten by the next call. Throws FileUnreadable where the file has become shorter. */
  fetchAll(at: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The bytes of a file where it lies; in memory, unpacked, where it is packed with gzip or no file. */
export async function byteSource(path: FilePath): Promise<ByteSource> {
  const { id } = await fileKind(path);
  if (id !== 'gzip' && id !== 'stream') return { open: () => openFile(path) };
  const bytes = await readFitsBytes(path, fitsMaxBytes);
  const fetch = async (at: number, length: number) => bytes.subarray(at, at + length);
  return { open: async () => ({ size: bytes.length, fetch, fetchAll: fetch, close: async () => {} }) };
}

async function openFile(path: FilePath): Promise<OpenBytes> {
  const where = fileName(path);
  const asked = async <R>(work: Promise<R>): Promise<R> =>
    await work.catch((cause: unknown) => {
      throw unreadable(where, cause);
    });
  const { size } = await asked(stat(path));
  const handle = await asked(open(path, 'r'));
  let buffer = new Uint8Array(0);
  const fetch = async (at: number, length: number): Promise<Uint8Array> => {
    if (buffer.length < length) buffer = new Uint8Array(length);
    const { bytesRead } = await asked(handle.read(buffer, 0, length, at));
    return buffer.subarray(0, bytesRead);
  };
  return {
    size,
    fetch,
    async fetchAll(at, length) {
      const bytes = await fetch(at, length);
      if (bytes.length === length) return bytes;
      throw unreadable(where, new Error('the file became shorter while it was read'));
    },
    close: () => handle.close(),
  };
}
