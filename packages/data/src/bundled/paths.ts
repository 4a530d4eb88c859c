import type { VisibilityTriple } from '../fits/triple.js';

/** The files of the bundled dataset: the FITS triple and every kernel input. */
export interface BundledPaths extends VisibilityTriple<URL> {
  readonly inputs: URL;
}

/**
 * Where the files of the bundled dataset are: beside `src` as well as beside `dist`. In a bundle there are none;
 * `readBundled` works there as well.
 */
export function bundledPaths(): BundledPaths {
  // Not `new URL(..., import.meta.url)` in one: bundlers would take that for a file to copy, and fail.
  const here = import.meta.url;
  const file = (name: string): URL => new URL(`../../bundled/${name}`, here);
  return {
    data: file('data.fits'),
    noiseMap: file('noise_map.fits'),
    uvWavelengths: file('uv_wavelengths.fits'),
    inputs: file('inputs.npz'),
  };
}
