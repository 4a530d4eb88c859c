import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WtildeError } from '@wtilde/core-types';
import { malformed } from '../bytes/fileErrors.js';
import { type ByteKind, kindBytes, kindOf } from '../bytes/kind.js';
import type { VisibilityTriple } from '../fits/triple.js';
import { type FilePath, fileName, withFile } from './io.js';

/** What is beside the three files of a folder where antennas are known: an image (K, 3) of antenna 1, antenna 2 and time. */
export const antennaFile = 'antennas.fits';

/** The three files of a dataset, or the folder that has them as data.fits, noise_map.fits and uv_wavelengths.fits. */
export type VisibilityFiles = FilePath | VisibilityTriple<FilePath>;

/** A file of a folder. */
export function fileIn(folder: FilePath, name: string): FilePath {
  return typeof folder === 'string' ? join(folder, name) : new URL(name, folder.href.replace(/\/?$/, '/'));
}

/** The paths of the three files of a dataset, whether they are there or not. */
export function visibilityPaths(files: VisibilityFiles): VisibilityTriple<FilePath> {
  if (typeof files !== 'string' && !(files instanceof URL)) return files;
  const file = (name: string) => fileIn(files, name);
  return { data: file('data.fits'), noiseMap: file('noise_map.fits'), uvWavelengths: file('uv_wavelengths.fits') };
}

/**
 * The paths to read the three files of a dataset from: `data.fits.gz` stands for `data.fits` where only that is there.
 *
 * @throws FileFormat where a single file is named instead of a folder.
 */
export async function existingVisibilityPaths(files: VisibilityFiles): Promise<VisibilityTriple<FilePath>> {
  const paths = visibilityPaths(files);
  if (typeof files !== 'string' && !(files instanceof URL)) return paths;
  const there = await statsOf(files);
  if (there !== undefined && !there.isDirectory()) throw noFolder(fileName(files), await fileKind(files));
  return {
    data: await orPacked(paths.data),
    noiseMap: await orPacked(paths.noiseMap),
    uvWavelengths: await orPacked(paths.uvWavelengths),
  };
}

/** What is at a path: a folder, a kind of file by its first bytes, or a pipe or device, whose bytes are not touched. */
export interface FileKind {
  readonly id: ByteKind['id'] | 'folder' | 'stream';
  /** With its article, as in "this is a folder". */
  readonly name: string;
}

/** Tells what is at a path; throws FileUnreadable. */
export async function fileKind(path: FilePath): Promise<FileKind> {
  const there = await statsOf(path);
  if (there?.isDirectory()) return { id: 'folder', name: 'a folder' };
  if (there !== undefined && !there.isFile()) return { id: 'stream', name: 'a pipe or device' };
  return kindOf(await beginning(path));
}

/** A file among these that `wtilde import` takes by itself. */
export function importableOf(names: readonly string[]): string | undefined {
  return names.find((name) => /\.(uvfits|uvf|npz)(\.gz)?$/i.test(name));
}

function noFolder(where: string, { id, name }: FileKind): WtildeError {
  return malformed(where, 'this is no folder of visibilities', {
    expected: 'a folder of data.fits, noise_map.fits and uv_wavelengths.fits',
    actual: name,
    remedy:
      id === 'npz'
        ? 'name the folder of the FITS files; what wtilde prepare wrote serves evidences only, and wtilde import takes arrays of visibilities'
        : `name the folder that the three files are in, or make one: wtilde import ${where} --out DIR`,
  });
}

async function beginning(path: FilePath): Promise<Uint8Array> {
  return await withFile(path, async (handle) => {
    const bytes = new Uint8Array(kindBytes);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  });
}

async function orPacked(path: FilePath): Promise<FilePath> {
  const packed = typeof path === 'string' ? `${path}.gz` : new URL(`${path.href}.gz`);
  return (await statsOf(path)) === undefined && (await statsOf(packed)) !== undefined ? packed : path;
}

/** What is at a path; undefined for nothing. */
export async function statsOf(path: FilePath): Promise<Stats | undefined> {
  return await stat(path).catch(() => undefined);
}
