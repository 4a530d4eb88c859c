import { type FileHandle, open } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WtildeError } from '@wtilde/core-types';
import { tooLarge } from '../bytes/fileErrors.js';

/** Where a file is: a path or a file: URL. */
export type FilePath = string | URL;

/** Node reads less than 2 GiB at once, so larger files take several turns. */
const bytesPerRead = 2 ** 30;
/** Pipes hand out less than this at once. */
const bytesPerPiece = 2 ** 20;

/** How a file is called in messages. */
export function fileName(path: FilePath): string {
  return typeof path === 'string' ? path : fileURLToPath(path);
}

/**
 * All bytes of a file, a pipe, or /dev/stdin.
 *
 * @throws FileUnreadable with the system's reason; FileTooLarge beyond `maxBytes`, for a file before it is read.
 */
export async function readBytes(path: FilePath, maxBytes: number): Promise<Uint8Array> {
  const where = fileName(path);
  if (isStandardInput(where)) return await collected(process.stdin, maxBytes, where);
  return await withFile(path, async (handle) => {
    const stats = await handle.stat();
    if (!stats.isFile() && !stats.isDirectory()) return await collected(piecesOf(handle), maxBytes, where);
    if (stats.size > maxBytes) throw tooLarge(where, stats.size, maxBytes);
    const bytes = new Uint8Array(stats.size);
    let at = 0;
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(bytesPerRead, bytes.length - at), at);
      if (bytesRead === 0) throw new Error('the file became shorter while it was read');
      at += bytesRead;
    }
    return bytes;
  });
}

/** Opens a file for a while; throws FileUnreadable for whatever the system says against it. */
export async function withFile<R>(path: FilePath, use: (handle: FileHandle) => Promise<R>): Promise<R> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    return await use(handle);
  } catch (cause) {
    throw cause instanceof WtildeError ? cause : unreadable(fileName(path), cause);
  } finally {
    await handle?.close();
  }
}

/** A file that cannot be read, with the system's reason. */
export function unreadable(where: string, cause: unknown): WtildeError {
  return new WtildeError('FileUnreadable', {
    what: 'the file cannot be read',
    where,
    actual: reason(cause),
    remedy: codeOf(cause) === 'ENOENT' ? remedyForPath(where) : 'check the path and its permissions',
    cause,
  });
}

/** What the system said, in words where it is something that everybody meets. */
export function reason(cause: unknown): string {
  const code = codeOf(cause);
  const words = code === undefined ? undefined : commonReasons[code];
  if (words !== undefined) return `${code}: ${words}`;
  return cause instanceof Error ? cause.message : String(cause);
}

const commonReasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EISDIR: 'a folder',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left on the disk',
};

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
}

/** Where one looks is half of a wrong path. */
function remedyForPath(where: string): string {
  return isAbsolute(where) ? 'check the path' : `check the path, which begins in ${process.cwd()}`;
}

/** Read as a stream: where a parent process made it a socket, it cannot be opened by its name. */
function isStandardInput(path: string): boolean {
  return path === '/dev/stdin' || path === '/dev/fd/0' || path === '/proc/self/fd/0';
}

async function* piecesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const piece = new Uint8Array(bytesPerPiece);
    const { bytesRead } = await handle.read(piece, 0, piece.length, null);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
  }
}

async function collected(pieces: AsyncIterable<unknown>, maxBytes: number, where: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const part = piece instanceof Uint8Array ? piece : new TextEncoder().encode(String(piece));
    length += part.length;
    if (length > maxBytes) throw tooLarge(where, length, maxBytes);
    parts.push(part);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
