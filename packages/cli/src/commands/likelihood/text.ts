import type { HelpText } from '../../options/help.js';
import { fileFormat } from '../../text/fileFormat.js';

export const help: HelpText = {
  summary: 'every term of the log evidence, on every backend',
  description:
    'Log evidence of a dataset with every term, on each backend alone, and the spread (largest minus smallest) over ' +
    'the float64 backends. Exit code 1 when the spread exceeds what float64 allows.',
  details: [
    fileFormat,
    'Needed: data, noise_map, uv_wavelengths, grid_size, pixel_scale, native_index_for_slim_index, ' +
      'pix_indexes_for_sub_slim_index, pix_weights_for_sub_slim_index, pixels, neighbors, neighbors_sizes and either ' +
      'dirty_image or grid_radians_slim. coefficient is 1 where it is not there. w_tilde_preload or w_tilde do instead ' +
      'of grid_size and pixel_scale.',
    'The time is that of a repeated likelihood after one to warm up; W, the dirty image and whatever else a dataset ' +
      'needs once are timed apart.',
  ],
  examples: [
    'wtilde likelihood',
    'wtilde likelihood --inputs dataset.npz --backend loops',
    'wtilde likelihood --inputs dataset.npz --backend loops --backend reference --json',
  ],
  last: [
    `The JSON object:
  { "backends": [{ "id", "precision", "simd", "logEvidence",
                   "terms": {...}, "ms" }], "spread" }`,
  ],
};
