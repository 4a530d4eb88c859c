import { open, stat } from 'node:fs/promises';
import { type ByteSource, type OpenBytes, sourceOfBytes } from '../bytes/source.js';
import { fitsMaxBytes } from '../fits/read.js';
import { readFitsBytes } from './fitsBytes.js';
import { type FilePath, fileName, unreadable } from './io.js';
import { fileKind } from './visibilityFiles.js';

/** The bytes of a file where it lies; in memory, unpacked, where it is packed with gzip or no file. */
export async function byteSource(path: FilePath): Promise<ByteSource> {
  const { id } = await fileKind(path);
  if (id !== 'gzip' && id !== 'stream') return { open: () => openFile(path) };
  return sourceOfBytes(await readFitsBytes(path, fitsMaxBytes));
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
