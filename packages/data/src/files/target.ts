/** Where the bytes for a path go, once its links are followed. */
import type { Stats } from 'node:fs';
import { access, constants, lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { WtildeError } from '@wtilde/core-types';
import { type FilePath, fileName, reason } from './io.js';

export interface Target {
  /** What to call it in messages. */
  readonly where: string;
  /** The path behind all links. */
  readonly path: string;
  /**
   * A file is replaced as a whole. A stream (pipe, terminal, device, descriptor) is written into and never replaced.
   */
  readonly kind: 'file' | 'stream';
  /** What is there now. */
  readonly existing: Stats | undefined;
}

const mostLinks = 40;

/**
 * The target of a path.
 *
 * @param makeFolder whether its folder may still have to be made.
 * @throws FileUnwritable where its folder is not there, it is a folder itself, or it cannot be written.
 */
export async function targetOf(path: FilePath, makeFolder: boolean): Promise<Target> {
  const where = fileName(path);
  try {
    return await followed(where, resolve(where), makeFolder);
  } catch (cause) {
    throw cause instanceof WtildeError ? cause : unwritable(where, cause);
  }
}

async function followed(where: string, named: string, makeFolder: boolean): Promise<Target> {
  let at = named;
  for (let links = 0; links < mostLinks; links++) {
    const folder = await existingFolder(where, dirname(at), makeFolder);
    if (folder === undefined) return { where, path: at, kind: 'file', existing: undefined };
    at = join(folder, basename(at));
    // What a descriptor leads to is already open, and may have no name.
    if (/^\/(proc\/[^/]+|dev)\/fd$/.test(folder)) return { where, path: at, kind: 'stream', existing: undefined };
    const existing = await lstat(at).catch(unlessMissing);
    if (existing?.isSymbolicLink()) {
      at = resolve(folder, await readlink(at));
      continue;
    }
    const kind = existing === undefined || existing.isFile() ? 'file' : kindOfOther(existing, where);
    if (existing !== undefined) await access(at, constants.W_OK);
    if (kind === 'file') await access(folder, constants.W_OK | constants.X_OK);
    return { where, path: at, kind, existing };
  }
  throw new Error('too many symbolic links');
}

function kindOfOther(stats: Stats, where: string): 'stream' {
  if (stats.isFIFO() || stats.isCharacterDevice()) return 'stream';
  throw new WtildeError('FileUnwritable', {
    what: 'there is something that no file can replace',
    where,
    expected: 'a file, a pipe, or a name that is free',
    actual: stats.isDirectory() ? 'a folder' : 'a disk or socket',
    remedy: 'name a file',
  });
}

/** The folder behind all links; undefined where it is still to be made and can be. */
async function existingFolder(where: string, path: string, makeFolder: boolean): Promise<string | undefined> {
  const stats = await stat(path).catch(unlessMissing);
  if (stats?.isDirectory()) return await realpath(path);
  if (stats === undefined && makeFolder && dirname(path) !== path) {
    const above = await existingFolder(where, dirname(path), makeFolder);
    if (above !== undefined) await access(above, constants.W_OK | constants.X_OK);
    return undefined;
  }
  throw new WtildeError('FileUnwritable', {
    what: stats === undefined ? 'its folder does not exist' : 'what should be its folder is a file',
    where,
    actual: path,
    remedy: 'name a file in a folder that exists',
  });
}

function unlessMissing(cause: NodeJS.ErrnoException): undefined {
  if (cause.code === 'ENOENT') return undefined;
  throw cause;
}

/** A target that cannot be written, with the system's reason. */
export function unwritable(where: string, cause: unknown): WtildeError {
  return new WtildeError('FileUnwritable', {
    what: 'the file cannot be written',
    where,
    actual: reason(cause),
    remedy: 'name another file, or check its permissions, its folder and the space on its disk',
    cause,
  });
}

/** A target that exists and was to be kept. */
export function taken(where: string): WtildeError {
  return new WtildeError('FileUnwritable', {
    what: 'the file exists already',
    where,
    remedy: 'name another file, or allow that it is replaced (overwrite: true, or --force on the command line)',
  });
}
