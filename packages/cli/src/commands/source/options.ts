import type { Declaration } from '../../options/command.js';
import { needed, text, type Values, value } from '../../options/declare.js';
import { backend, json, modelOptions, strict, summingOptions } from '../../options/shared.js';
import { positive } from '../../options/values.js';
import { help } from './text.js';

const options = {
  data: needed(
    text(
      '-d, --data <dir>',
      'folder of data.fits, noise_map.fits and uv_wavelengths.fits, or a file of wtilde prepare',
    ),
  ),
  ...modelOptions,
  ...summingOptions,
  minimumSignalToNoise: value(
    '--minimum-signal-to-noise <n>',
    'count only source pixels of at least so many standard deviations (default: all)',
    positive,
  ),
  backend,
  strict,
  json,
};

export type SourceOptions = Values<typeof options>;

export const source: Declaration<typeof options> = { name: 'source', help, options };
