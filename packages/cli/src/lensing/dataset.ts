import { join } from 'node:path';
import { fieldsFromNpzFile, openVisibilityFiles, type StreamedVisibilities } from '@wtilde/data/node';
import type { Dispatcher } from '@wtilde/dispatch';
import { type PreparedDataset, prepareDataset, preparedFrom } from '@wtilde/lens';
import type { Progress } from '../progress.js';
import { maskFrom } from './mask.js';
import type { MaskOptions } from './options.js';

/** Where visibilities come from, and how they are summed. */
export interface DatasetOptions extends MaskOptions {
  /** A folder of FITS files, or what `wtilde prepare` wrote. */
  readonly data: string;
  readonly tolerance?: number;
}

/** The three files of an interferometer dataset in a folder. */
export function filesIn(folder: string) {
  return {
    data: join(folder, 'data.fits'),
    noiseMap: join(folder, 'noise_map.fits'),
    uvWavelengths: join(folder, 'uv_wavelengths.fits'),
  };
}

/** The visibilities of a folder, to be read piece by piece. */
export async function openFolder(folder: string): Promise<StreamedVisibilities> {
  return await openVisibilityFiles(filesIn(folder));
}

/** The prepared dataset of a file, or of the visibilities of a folder. */
export async function datasetFrom(
  options: DatasetOptions,
  dispatcher: Dispatcher,
  progress: Progress,
): Promise<PreparedDataset> {
  if (options.data.endsWith('.npz')) return preparedFrom(await fieldsFromNpzFile(options.data));
  const mask = await maskFrom(options);
  const { count, chunks } = await openFolder(options.data);
  const onStep = progress.step(`${count} visibilities`);
  return await prepareDataset(
    { chunks: chunks(), expectedVisibilities: count },
    { mask, dispatcher, tolerance: options.tolerance, onProgress: (seen) => onStep(seen, count) },
  );
}
