import type { NdArray } from '@wtilde/core-types';
import { sizeLimit } from '../bytes/fileErrors.js';
import type { Fields } from '../fields.js';
import { npyMaxBytes, readNpy } from '../npy/read.js';
import { writeNpy } from '../npy/write.js';
import { fieldsFromNpz, readNpz } from '../npz/read.js';
import { type WriteNpzOptions, writeNpz } from '../npz/write.js';
import type { ReadFileOptions } from './fits.js';
import { type FilePath, fileName, readBytes } from './io.js';
import { type WriteFileOptions, writeFiles } from './write.js';

/** {@link readNpz} of a file or pipe. Throws what it throws, and FileUnreadable. */
export async function readNpzFile(path: FilePath, options: ReadFileOptions = {}): Promise<Fields> {
  const bytes = await readBytes(path, fileLimit(options));
  return readNpz(bytes, { ...options, where: fileName(path) });
}

/** {@link fieldsFromNpz} of a file or pipe. Throws what it throws, and FileUnreadable. */
export async function fieldsFromNpzFile(path: FilePath, options: ReadFileOptions = {}): Promise<Fields> {
  const bytes = await readBytes(path, fileLimit(options));
  return fieldsFromNpz(bytes, { ...options, where: fileName(path) });
}

/** {@link writeNpz} into a file. Throws what it throws, and what {@link writeFiles} throws. */
export async function writeNpzFile(
  path: FilePath,
  fields: Fields,
  options: WriteNpzOptions & WriteFileOptions = {},
): Promise<void> {
  await writeFiles([{ path, bytes: writeNpz(fields, options) }], options);
}

/** {@link readNpy} of a file or pipe. Throws what it throws, and FileUnreadable. */
export async function readNpyFile(path: FilePath, options: ReadFileOptions = {}): Promise<NdArray> {
  const bytes = await readBytes(path, fileLimit(options));
  return readNpy(bytes, { ...options, where: fileName(path) });
}

/** {@link writeNpy} into a file. Throws what {@link writeFiles} throws. */
export async function writeNpyFile(path: FilePath, array: NdArray, options: WriteFileOptions = {}): Promise<void> {
  await writeFiles([{ path, bytes: writeNpy(array) }], options);
}

/** The limit is for the arrays; their file may hold results and headers besides. */
function fileLimit(options: ReadFileOptions): number {
  return Math.max(sizeLimit(options, npyMaxBytes), npyMaxBytes) + 2 ** 20;
}
