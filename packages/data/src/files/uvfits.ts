import { openUvfits, type Uvfits } from '../uvfits/open.js';
import { byteSource } from './byteSource.js';
import { type FilePath, fileName } from './io.js';

/** {@link openUvfits} of a file; one that is packed with gzip, or a pipe, is kept in memory as a whole. */
export async function openUvfitsFile(path: FilePath): Promise<Uvfits> {
  return await openUvfits(await byteSource(path), fileName(path));
}
