import { estimateNoise, type ImportOptions, type NoiseEstimate } from '@wtilde/data';
import { type OpenedVisibilities, sha256Of } from '@wtilde/data/node';
import type { Progress } from '../progress.js';

/** What is to be known of the files of an import beside the visibilities. */
export interface Beside {
  /** SHA-256 of every file. */
  hashes(): Promise<readonly string[]>;
  /** What neighbouring integrations of a UVFITS file say of the noise; rejects as `estimateNoise` does. */
  noise(): Promise<NoiseEstimate>;
}

/**
 * Made by this process, when it is asked for.
 *
 * @param hashes where others make them too, once for all
 */
export function besideAlone(
  opened: OpenedVisibilities,
  options: ImportOptions,
  progress: Progress,
  hashes = () => hashesOf(opened, progress),
): Beside {
  return {
    hashes,
    async noise() {
      if (opened.format !== 'uvfits') throw new Error('noise of differences of what tells no times');
      const onProgress = progress.step('noise');
      return await estimateNoise(opened.uvfits, options, { onProgress });
    },
  };
}

export async function hashesOf({ files }: OpenedVisibilities, progress: Progress): Promise<readonly string[]> {
  progress.step('hashes');
  return await Promise.all(files.map(sha256Of));
}
