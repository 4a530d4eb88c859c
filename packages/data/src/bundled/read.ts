import type { Fields } from '../fields.js';
import { readVisibilityFiles } from '../files/fits.js';
import { fieldsFromNpzFile } from '../files/npz.js';
import type { Visibilities, VisibilityTriple } from '../fits/visibilities.js';

/** The files of the bundled dataset: the FITS triple and every kernel input. */
export interface BundledPaths extends VisibilityTriple<URL> {
  readonly inputs: URL;
}

/** The bundled dataset, read from its files. */
export interface Bundled {
  /** From the three FITS files. */
  readonly visibilities: Visibilities;
  /** Every input that a kernel takes, by upstream argument name, from `inputs.npz`. */
  readonly fields: Fields;
}

/** Where the files of the bundled dataset are: beside `src` as well as beside `dist`. */
export function bundledPaths(): BundledPaths {
  const file = (name: string): URL => new URL(`../../bundled/${name}`, import.meta.url);
  return {
    data: file('data.fits'),
    noiseMap: file('noise_map.fits'),
    uvWavelengths: file('uv_wavelengths.fits'),
    inputs: file('inputs.npz'),
  };
}

/**
 * Reads the dataset that comes with this package: 405 simulated visibilities of two Gaussians behind
 * an isothermal sphere, 716 pixels, 256 source pixels, displacement phases to 130 rad, equal real
 * and imaginary noise. It was made by `scripts/make-bundled.ts`.
 */
export async function readBundled(): Promise<Bundled> {
  const paths = bundledPaths();
  return {
    visibilities: await readVisibilityFiles(paths),
    fields: await fieldsFromNpzFile(paths.inputs),
  };
}
