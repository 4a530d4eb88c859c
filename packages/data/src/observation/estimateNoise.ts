import { optionsOf } from '../bytes/fileErrors.js';
import type { Uvfits } from '../uvfits/open.js';
import { createDifferences, type NoiseEstimate } from './differences.js';
import { selectorOf } from './integrations.js';
import { checkedOptions, type ImportOptions, type PassControl } from './options.js';

/**
 * What neighbouring integrations say of the noise of the visibilities that `importUvfits` would select with the same
 * options: one pass over the file. It is plain data, so that it can be made elsewhere and at the same time.
 *
 * @throws InvalidOption for what the file does not have; InvalidValue where there are too few neighbours, or no noise;
 *   FileFormat; FileUnreadable; Aborted.
 */
export async function estimateNoise(
  file: Uvfits,
  options: ImportOptions = {},
  control: PassControl = {},
): Promise<NoiseEstimate> {
  const { stokes, noiseGroups = 'antenna' } = checkedOptions(options, 'estimateNoise');
  const { signal, onProgress } = optionsOf(control, 'estimateNoise');
  const { each } = selectorOf(file, options);
  const { take, finish } = createDifferences(file, noiseGroups);
  for await (const groups of file.read({ stokes, signal })) {
    each(groups, take);
    onProgress?.(groups.first + groups.count, file.groups, 'noise');
  }
  return finish();
}
