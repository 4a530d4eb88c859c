import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { throwIfAborted } from '@wtilde/core-types';
import type { FilePath } from './io.js';
import { taken, targetOf, unwritable } from './target.js';
import { attempt, besideOf, replaceAll, type Staged, type WriteFileOptions } from './write.js';

/** A file that is being written, beside where it will be. */
export interface GrowingFile {
  /** Where it is for now. */
  readonly path: string;
  append(bytes: Uint8Array): Promise<void>;
  /** Writes over bytes that are there. */
  overwrite(at: number, bytes: Uint8Array): Promise<void>;
}

/**
 * Writes files piece by piece, all of them or none, as `writeFiles` does whole ones: memory is that of a piece.
 *
 * @throws FileUnwritable, for what is no regular file too; Aborted; whatever `produce` throws, with nothing replaced.
 */
export async function writePieces<R>(
  paths: readonly FilePath[],
  produce: (files: readonly GrowingFile[]) => Promise<R>,
  { overwrite = true, makeFolder = false, signal }: WriteFileOptions = {},
): Promise<R> {
  const staged: Staged[] = [];
  for (const path of paths) {
    const target = await targetOf(path, makeFolder);
    if (target.kind === 'stream')
      throw unwritable(target.where, new Error('no file, so that it cannot be written in pieces'));
    if (!overwrite && target.existing !== undefined) throw taken(target.where);
    staged.push({ target, beside: besideOf(target) });
  }
  const opened: { close(): Promise<void>; sync(): Promise<void> }[] = [];
  try {
    const files: GrowingFile[] = [];
    for (const { target, beside } of staged) {
      await attempt(target, signal, async () => {
        if (makeFolder) await mkdir(dirname(target.path), { recursive: true });
        const handle = await open(beside, 'wx');
        opened.push(handle);
        let length = 0;
        const put = async (bytes: Uint8Array, at: number) => {
          await attempt(target, signal, async () => {
            throwIfAborted(signal, target.where);
            for (let done = 0; done < bytes.length; ) {
              done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
            }
          });
        };
        files.push({
          path: beside,
          async append(bytes) {
            await put(bytes, length);
            length += bytes.length;
          },
          overwrite: async (at, bytes) => await put(bytes, at),
        });
      });
    }
    const result = await produce(files);
    for (const handle of opened) await handle.sync();
    await closeAll(opened);
    throwIfAborted(signal, 'writePieces');
    replaceAll(staged, overwrite);
    return result;
  } finally {
    await closeAll(opened);
    for (const { beside } of staged) await rm(beside, { force: true });
  }
}

async function closeAll(opened: { close(): Promise<void> }[]): Promise<void> {
  for (const handle of opened.splice(0)) await handle.close();
}
