import type { NdArray } from '@wtilde/core-types';
import type { ReadOptions } from '../fileErrors.js';
import { fitsMaxBytes, readFits } from '../fits/read.js';
import { readVisibilities, type Visibilities, writeVisibilities } from '../fits/visibilities.js';
import { type WriteFitsOptions, writeFits } from '../fits/write.js';
import { type FilePath, fileName, readBytes, writeBytes } from './io.js';
import { tripleOf, type VisibilityFiles } from './visibilityFiles.js';

/** Options of the readers of files: `where` is the file's path. */
export type ReadFileOptions = Pick<ReadOptions, 'maxBytes'>;

/** {@link readFits} of a file. Throws what it throws, and FileUnreadable. */
export async function readFitsFile(path: FilePath, options: ReadFileOptions = {}): Promise<NdArray<'real'>> {
  const bytes = await readBytes(path, fileLimit(options));
  return readFits(bytes, { ...options, where: fileName(path) });
}

/** {@link writeFits} into a file. Throws what it throws, and FileUnwritable. */
export async function writeFitsFile(
  path: FilePath,
  array: NdArray<'real'>,
  options: WriteFitsOptions = {},
): Promise<void> {
  await writeBytes(path, writeFits(array, options));
}

/** {@link readVisibilities} of three files or their folder. Throws what it throws, and FileUnreadable. */
export async function readVisibilityFiles(
  dataset: VisibilityFiles,
  options: ReadFileOptions = {},
): Promise<Visibilities> {
  const { data, noiseMap, uvWavelengths } = tripleOf(dataset);
  const limit = fileLimit(options);
  const files = {
    data: await readBytes(data, limit),
    noiseMap: await readBytes(noiseMap, limit),
    uvWavelengths: await readBytes(uvWavelengths, limit),
  };
  const where = {
    data: fileName(data),
    noiseMap: fileName(noiseMap),
    uvWavelengths: fileName(uvWavelengths),
  };
  return readVisibilities(files, { ...options, where });
}

/** {@link writeVisibilities} into three files, or a folder that exists. Throws FileUnwritable. */
export async function writeVisibilityFiles(dataset: VisibilityFiles, visibilities: Visibilities): Promise<void> {
  const paths = tripleOf(dataset);
  const files = writeVisibilities(visibilities);
  await writeBytes(paths.data, files.data);
  await writeBytes(paths.noiseMap, files.noiseMap);
  await writeBytes(paths.uvWavelengths, files.uvWavelengths);
}

/** The limit is for the array; its file may have a header, padding and further HDUs besides. */
function fileLimit(options: ReadFileOptions): number {
  return (options.maxBytes ?? fitsMaxBytes) + 2 ** 20;
}
