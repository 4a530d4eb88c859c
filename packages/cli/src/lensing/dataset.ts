import { fieldsFromNpzFile, openVisibilityFiles } from '@wtilde/data/node';
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

/** The prepared dataset of a file, or of the visibilities of a folder. */
export async function datasetFrom(
  options: DatasetOptions,
  dispatcher: Dispatcher,
  progress: Progress,
): Promise<PreparedDataset> {
  if (options.data.endsWith('.npz')) return preparedFrom(await fieldsFromNpzFile(options.data));
  const mask = await maskFrom(options);
  const { count, chunks } = await openVisibilityFiles(options.data);
  const onStep = progress.step(`${count} visibilities`);
  return await prepareDataset(
    { chunks: chunks(), expectedVisibilities: count },
    { mask, dispatcher, tolerance: options.tolerance, onProgress: (seen) => onStep(seen, count) },
  );
}
