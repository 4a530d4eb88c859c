import type { NdArray } from '@wtilde/core-types';
import { optionsOf, type ReadOptions, sizeLimit } from '../bytes/fileErrors.js';
import type { FitsHeader } from '../fits/header.js';
import { fitsMaxBytes, type ReadFitsOptions, readFitsImage } from '../fits/read.js';
import type { Visibilities } from '../fits/triple.js';
import { readVisibilities, writeVisibilities } from '../fits/visibilities.js';
import { type WriteFitsOptions, writeFits } from '../fits/write.js';
import { readFitsBytes } from './fitsBytes.js';
import { type FilePath, fileName } from './io.js';
import { existingVisibilityPaths, type VisibilityFiles, visibilityPaths } from './visibilityFiles.js';
import { type WriteFileOptions, writeFiles } from './write.js';

/** Options of the readers of files: `where` is the file's path. */
export type ReadFileOptions = Pick<ReadOptions, 'maxBytes'>;

/** {@link readFits} of a file, packed with gzip or not. Throws what it throws, and FileUnreadable. */
export async function readFitsFile(
  path: FilePath,
  options: ReadFileOptions & Pick<ReadFitsOptions, 'hdu'> = {},
): Promise<NdArray<'real'>> {
  return (await readFitsImageFile(path, options)).image;
}

/** {@link readFitsImage} of a file, packed with gzip or not. Throws what it throws, and FileUnreadable. */
export async function readFitsImageFile(
  path: FilePath,
  options: ReadFileOptions & Pick<ReadFitsOptions, 'hdu'> = {},
): Promise<{ readonly image: NdArray<'real'>; readonly header: FitsHeader }> {
  const bytes = await readFitsBytes(path, fileLimit(options));
  return readFitsImage(bytes, { ...options, where: fileName(path) });
}

/** {@link writeFits} into a file. Throws what it throws, and what {@link writeFiles} throws. */
export async function writeFitsFile(
  path: FilePath,
  array: NdArray<'real'>,
  options: WriteFitsOptions & WriteFileOptions = {},
): Promise<void> {
  await writeFiles([{ path, bytes: writeFits(array, options) }], options);
}

/**
 * {@link readVisibilities} of three files or their folder, each packed with gzip or not. Throws what it throws,
 * FileUnreadable, and FileFormat where a single file is named instead of a folder.
 */
export async function readVisibilityFiles(
  dataset: VisibilityFiles,
  options: ReadFileOptions = {},
): Promise<Visibilities> {
  const { data, noiseMap, uvWavelengths } = await existingVisibilityPaths(dataset);
  const limit = fileLimit(options);
  const files = {
    data: await readFitsBytes(data, limit),
    noiseMap: await readFitsBytes(noiseMap, limit),
    uvWavelengths: await readFitsBytes(uvWavelengths, limit),
  };
  const where = {
    data: fileName(data),
    noiseMap: fileName(noiseMap),
    uvWavelengths: fileName(uvWavelengths),
  };
  return readVisibilities(files, { ...options, where });
}

/**
 * {@link writeVisibilities} into three files, or a folder: all three or none. Throws what {@link writeFiles} throws.
 */
export async function writeVisibilityFiles(
  dataset: VisibilityFiles,
  visibilities: Visibilities,
  options: WriteFileOptions = {},
): Promise<void> {
  const paths = visibilityPaths(dataset);
  const { data, noiseMap, uvWavelengths } = writeVisibilities(visibilities);
  const files = [
    { path: paths.data, bytes: data },
    { path: paths.noiseMap, bytes: noiseMap },
    { path: paths.uvWavelengths, bytes: uvWavelengths },
  ];
  await writeFiles(files, optionsOf(options, 'writeVisibilityFiles'));
}

/** The limit is for the array; its file may have a header, padding and further HDUs besides. */
function fileLimit(options: ReadFileOptions): number {
  return sizeLimit(options, fitsMaxBytes) + 64 * 2 ** 20;
}
