/** Visibilities in whatever form people have them. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isWtildeError, type NdArray } from '@wtilde/core-types';
import { malformed } from '../bytes/fileErrors.js';
import type { Fields } from '../fields.js';
import { primaryHeader } from '../fits/header.js';
import { parseFetched } from '../fits/parsing.js';
import type { Visibilities } from '../fits/triple.js';
import { type ArraysOptions, visibilitiesFrom } from '../observation/arrays.js';
import { chunksOf } from '../observation/importVisibilities.js';
import { isRandomGroups } from '../uvfits/layout.js';
import { openUvfits, type Uvfits } from '../uvfits/open.js';
import { byteSource } from './byteSource.js';
import { readFitsFile } from './fits.js';
import { readNpyFile, readNpzFile } from './npz.js';
import { fileKind, importableOf } from './visibilityFiles.js';
import { openVisibilityFiles } from './visibilityStream.js';

/** Options of {@link openVisibilities}. */
export interface OpenOptions extends Pick<ArraysOptions, 'uvUnit' | 'channels'> {
  /** The files of noise and of u and v beside a file of visibilities; `file.fits[1]` names an HDU. */
  readonly noiseMap?: string | undefined;
  readonly uvWavelengths?: string | undefined;
}

/** What has been found at a path. */
export type OpenedVisibilities = {
  /** The files that are read. */
  readonly files: readonly string[];
} & (
  | { readonly format: 'uvfits'; readonly uvfits: Uvfits }
  | {
      readonly format: 'fits' | 'npy' | 'npz';
      readonly visibilities: { readonly count: number; chunks(): AsyncIterable<Visibilities> };
    }
);

/**
 * Opens visibilities: a UVFITS file; a folder of three FITS images (packed with gzip or not) or NumPy arrays, named as
 * PyAutoLens names them or has named them; an archive of NumPy arrays, as of PyAutoLens, MPoL and visread; or three files
 * of any names.
 *
 * UVFITS files and FITS images (K, 2) are read in pieces; everything else is kept in memory.
 *
 * @throws FileFormat for what is none of these, with what it is and how it can be had; what the readers throw.
 */
export async function openVisibilities(path: string, options: OpenOptions = {}): Promise<OpenedVisibilities> {
  const { noiseMap, uvWavelengths } = options;
  if (noiseMap !== undefined || uvWavelengths !== undefined) {
    if (noiseMap === undefined || uvWavelengths === undefined) throw incomplete(path);
    return await ofThree([path, noiseMap, uvWavelengths], options);
  }
  const { id, name } = await fileKind(path);
  if (id === 'folder') return await ofThree(await filesIn(path), options);
  if (id === 'npz')
    return { format: 'npz', files: [path], visibilities: arrays(await readNpzFile(path), path, options) };
  if (id === 'fits' || id === 'gzip' || id === 'stream') {
    const source = await byteSource(path);
    const bytes = await source.open();
    const { header } = await parseFetched(primaryHeader(path), bytes.fetch).finally(() => bytes.close());
    if (isRandomGroups(header)) return { format: 'uvfits', files: [path], uvfits: await openUvfits(source, path) };
    throw incomplete(path);
  }
  if (id === 'npy') throw incomplete(path);
  throw malformed(path, 'these are no visibilities in a form that is known', {
    expected: 'a UVFITS file, an archive of NumPy arrays, or a folder of three files',
    actual: name,
    remedy:
      id === 'hdf5'
        ? 'write it as UVFITS (pyuvdata: UVData.write_uvfits), or its arrays with numpy.savez'
        : 'export the visibilities as UVFITS: exportuvfits in CASA',
  });
}

function incomplete(path: string): Error {
  return malformed(path, 'this is one of three files', {
    expected: 'visibilities, noise and baselines',
    actual: 'one image or array',
    remedy: 'name their folder, or the other two with --noise-map and --uv-wavelengths (noiseMap, uvWavelengths)',
  });
}

/** Names of before and of other tools. */
const stems = [
  ['data', 'visibilities', 'vis'],
  ['noise_map', 'noise', 'sigma'],
  ['uv_wavelengths', 'uv'],
];
const endings = ['.fits', '.fits.gz', '.npy'];

async function filesIn(folder: string): Promise<readonly string[]> {
  const present = await readdir(folder);
  const found = stems.map((names) => {
    const all = names.flatMap((stem) => endings.map((ending) => `${stem}${ending}`));
    return all.find((name) => present.includes(name));
  });
  const complete = found.filter((name) => name !== undefined);
  if (complete.length === stems.length) return complete.map((name) => join(folder, name));
  const isMeasurementSet = present.includes('table.dat');
  const importable = importableOf(present);
  throw malformed(
    folder,
    isMeasurementSet ? 'this is a MeasurementSet' : 'the three files of a dataset are not there',
    {
      expected: 'data, noise_map and uv_wavelengths, each .fits, .fits.gz or .npy',
      actual: complete.join(', ') || present.sort().slice(0, 8).join(', ') || 'an empty folder',
      remedy: isMeasurementSet
        ? `export it in CASA: exportuvfits(vis='${folder}', fitsfile='out.uvfits', combinespw=True, multisource=False, padwithflags=True)`
        : `name ${importable === undefined ? '' : `${join(folder, importable)}, `}the folder that has them, or three files with --noise-map and --uv-wavelengths`,
    },
  );
}

async function ofThree(files: readonly string[], options: OpenOptions): Promise<OpenedVisibilities> {
  const [data, noiseMap, uvWavelengths] = files;
  const format = files.some((file) => file.endsWith('.npy')) ? 'npy' : 'fits';
  const plain = format === 'fits' && options.uvUnit === undefined && options.channels === undefined;
  if (plain && !files.some((file) => hduOf(file) !== undefined)) {
    try {
      return { format, files, visibilities: await openVisibilityFiles({ data, noiseMap, uvWavelengths }) };
    } catch (error) {
      // Cubes, and pairs that lie the other way round.
      if (!isWtildeError(error, 'ShapeMismatch')) throw error;
    }
  }
  const fields = {
    data: await arrayOf(data),
    noise_map: await arrayOf(noiseMap),
    uv_wavelengths: await arrayOf(uvWavelengths),
  };
  return { format, files: files.map(withoutHdu), visibilities: arrays(fields, data, options) };
}

async function arrayOf(file: string): Promise<NdArray> {
  const hdu = hduOf(file);
  const path = withoutHdu(file);
  if (hdu === undefined && (await fileKind(path)).id === 'npy') return await readNpyFile(path);
  return await readFitsFile(path, { hdu });
}

/** CFITSIO's way to name an HDU: `file.fits[1]`. */
function hduOf(file: string): number | undefined {
  const [, hdu] = /\[(\d{1,4})\]$/.exec(file) ?? [];
  return hdu === undefined ? undefined : Number(hdu);
}

function withoutHdu(file: string): string {
  return hduOf(file) === undefined ? file : file.slice(0, file.lastIndexOf('['));
}

function arrays(fields: Fields, where: string, { uvUnit, channels }: OpenOptions) {
  return chunksOf(visibilitiesFrom(fields, { uvUnit, channels, where }));
}
