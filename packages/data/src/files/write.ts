/** The one way in which files are written. */
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AbortSignalLike, throwIfAborted, WtildeError } from '@wtilde/core-types';
import { optionsOf } from '../bytes/fileErrors.js';
import type { FilePath } from './io.js';
import { type Target, taken, targetOf, unwritable } from './target.js';

/** Options of every writer of files. */
export interface WriteFileOptions {
  /** Whether a file that exists is replaced. Default true; else it is FileUnwritable. */
  readonly overwrite?: boolean | undefined;
  /** Whether folders that are not there are made. Default false. */
  readonly makeFolder?: boolean | undefined;
  /** Stops the writing, with nothing left behind and nothing replaced. */
  readonly signal?: AbortSignal | undefined;
}

/** Bytes, and where they go. */
export interface FileContents {
  readonly path: FilePath;
  readonly bytes: Uint8Array;
}

/**
 * Writes files whole, and all of them or none: beside their targets first, then renamed into place.
 *
 * Symbolic links are written through, and what is replaced keeps its mode. Pipes, terminals and devices are written into.
 * Writers of one process may write the same targets at once: the last one wins, with all of its files. What is replaced
 * is there, whole, until the new file is; only a process that is killed between two renames leaves a mixture, and a
 * `.partial` where it is killed before.
 *
 * @throws FileUnwritable, with the system's reason, where a target cannot be written, is a folder, or exists although
 *   `overwrite` is false; Aborted.
 */
export async function writeFiles(files: readonly FileContents[], options: WriteFileOptions = {}): Promise<void> {
  const { overwrite = true, makeFolder = false, signal } = optionsOf(options, 'writeFiles');
  const pieces: Piece[] = [];
  for (const { path, bytes } of files) {
    const target = await targetOf(path, makeFolder);
    if (!overwrite && target.kind === 'file' && target.existing !== undefined) throw taken(target.where);
    pieces.push({ target, bytes, beside: besideOf(target) });
  }
  const replaced = pieces.filter(({ target }) => target.kind === 'file');
  try {
    for (const { target, bytes, beside } of replaced) {
      await attempt(target, signal, async () => {
        if (makeFolder) await mkdir(dirname(target.path), { recursive: true });
        await writeFile(beside, bytes, { flag: 'wx', flush: true, signal });
      });
    }
    // They cannot be taken back, so they come last.
    for (const { target, bytes } of pieces) {
      if (target.kind === 'stream') await attempt(target, signal, () => writeInto(target, bytes, signal));
    }
    throwIfAborted(signal, 'writeFiles');
    replaceAll(replaced, overwrite);
  } finally {
    for (const { beside } of replaced) await rm(beside, { force: true });
  }
}

/** A file that is not in its place yet. */
export interface Staged {
  readonly target: Target;
  /** Where the bytes are until they are whole. */
  readonly beside: string;
}

interface Piece extends Staged {
  readonly bytes: Uint8Array;
}

/** In the same folder, so that it can be renamed; short, as the name of the target may be as long as names can be. */
export function besideOf({ path }: Target): string {
  return join(dirname(path), `.wtilde-${randomUUID().slice(0, 13)}.partial`);
}

export async function attempt(
  target: Target,
  signal: AbortSignalLike | undefined,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throwIfAborted(signal, target.where);
    throw cause instanceof WtildeError ? cause : unwritable(target.where, cause);
  }
}

async function writeInto({ path }: Target, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
  const own = new RegExp(`^/(proc/(self|${process.pid})|dev)/fd/([12])$`).exec(path)?.[3];
  if (own !== undefined) {
    // Our own streams: their descriptors may be sockets or pipes that cannot be opened by name.
    const stream = own === '1' ? process.stdout : process.stderr;
    await new Promise<void>((done, fail) => stream.write(bytes, (error) => (error ? fail(error) : done())));
    return;
  }
  const handle = await orAborted(open(path, constants.O_WRONLY), signal);
  await writeFile(handle, bytes, { signal }).finally(() => handle.close());
}

/** Opening a pipe takes until somebody reads from it, which may be never. */
async function orAborted<R>(work: Promise<R>, signal: AbortSignal | undefined): Promise<R> {
  if (signal === undefined) return await work;
  return await new Promise<R>((done, fail) => {
    const stop = () => fail(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * Renames all files into place, or none: what was there comes back where one cannot be. Synchronous, so that neither
 * another writer of this process nor a handler of signals comes between.
 */
export function replaceAll(pieces: readonly Staged[], overwrite: boolean): void {
  const undo: (() => void)[] = [];
  const copies: string[] = [];
  try {
    for (const { target, beside } of pieces) {
      try {
        const before = statSync(target.path, { throwIfNoEntry: false });
        const copy = `${beside}.previous`;
        if (before !== undefined) likeBefore(beside, before);
        if (before !== undefined && pieces.length > 1) {
          copies.push(copy);
          keepAs(copy, target.path);
        }
        if (overwrite) renameSync(beside, target.path);
        else takeFree(beside, target);
        undo.push(() => (before === undefined ? rmSync(target.path, { force: true }) : renameSync(copy, target.path)));
      } catch (cause) {
        throw cause instanceof WtildeError ? cause : unwritable(target.where, cause);
      }
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  } finally {
    for (const copy of copies) rmSync(copy, { force: true });
  }
}

function likeBefore(path: string, { mode, uid, gid }: Stats): void {
  const own = statSync(path);
  try {
    if (own.uid !== uid || own.gid !== gid) chownSync(path, uid, gid);
  } catch {
    // Only root can give a file to somebody else; the others keep theirs.
  }
  chmodSync(path, mode & 0o7777);
}

/** A second name for what is there, or a copy where the file system has no such names. */
function keepAs(copy: string, path: string): void {
  try {
    linkSync(path, copy);
  } catch {
    copyFileSync(path, copy);
  }
}

/** Renames to a name that nobody has, in one step where the file system can. */
function takeFree(beside: string, { path, where }: Target): void {
  try {
    linkSync(beside, path);
  } catch {
    if (existsSync(path)) throw taken(where);
    renameSync(beside, path);
  }
}
