import { join } from 'node:path';
import type { VisibilityTriple } from '../fits/visibilities.js';
import type { FilePath } from './io.js';

/** The three files of a dataset, or the folder that has them as data.fits, noise_map.fits and uv_wavelengths.fits. */
export type VisibilityFiles = FilePath | VisibilityTriple<FilePath>;

export function tripleOf(files: VisibilityFiles): VisibilityTriple<FilePath> {
  if (typeof files !== 'string' && !(files instanceof URL)) return files;
  const file = (name: string) =>
    typeof files === 'string' ? join(files, name) : new URL(name, files.href.replace(/\/?$/, '/'));
  return { data: file('data.fits'), noiseMap: file('noise_map.fits'), uvWavelengths: file('uv_wavelengths.fits') };
}
