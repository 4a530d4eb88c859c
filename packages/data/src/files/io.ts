import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { WtildeError } from '@wtilde/core-types';
import { tooLarge } from '../fileErrors.js';

/** Where a file is: a path or a file: URL. */
export type FilePath = string | URL;

/** Node reads less than 2 GiB at once, so larger files take several turns. */
const bytesPerRead = 2 ** 30;

/** How a file is called in messages. */
export function fileName(path: FilePath): string {
  return typeof path === 'string' ? path : fileURLToPath(path);
}

/**
 * All bytes of a file.
 *
 * @throws FileUnreadable with the system's reason; FileTooLarge, before reading, beyond `maxBytes`.
 */
export async function readBytes(path: FilePath, maxBytes: number): Promise<Uint8Array> {
  const where = fileName(path);
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    const { size } = await handle.stat();
    if (size > maxBytes) throw tooLarge(where, size, maxBytes);
    const bytes = new Uint8Array(size);
    let at = 0;
    while (at < size) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(bytesPerRead, size - at), at);
      if (bytesRead === 0) throw new Error('the file became shorter while it was read');
      at += bytesRead;
    }
    return bytes;
  } catch (cause) {
    if (cause instanceof WtildeError) throw cause;
    throw unreadable(where, cause);
  } finally {
    await handle?.close();
  }
}

/**
 * Writes a file whole or not at all: beside it first, then renamed into place.
 *
 * @throws FileUnwritable with the system's reason.
 */
export async function writeBytes(path: FilePath, bytes: Uint8Array): Promise<void> {
  const target = fileName(path);
  const beside = `${target}.${process.pid}.partial`;
  try {
    await writeFile(beside, bytes);
    await rename(beside, target);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new WtildeError('FileUnwritable', {
      what: 'the file cannot be written',
      where: target,
      actual: reason(cause),
      remedy: 'check that the folder exists and can be written to',
      cause,
    });
  }
}

/** A file that cannot be read, with the system's reason. */
export function unreadable(where: string, cause: unknown): WtildeError {
  return new WtildeError('FileUnreadable', {
    what: 'the file cannot be read',
    where,
    actual: reason(cause),
    remedy: 'check the path and its permissions',
    cause,
  });
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
