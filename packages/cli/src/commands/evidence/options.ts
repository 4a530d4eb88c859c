import type { Declaration } from '../../options/command.js';
import { flag, needed, text, texts, type Values, value } from '../../options/declare.js';
import {
  backend,
  executor,
  force,
  json,
  modelOptions,
  pictureOptions,
  positiveSource,
  strict,
  summingOptions,
} from '../../options/shared.js';
import { count, notNegative } from '../../options/values.js';
import { help } from './text.js';

const options = {
  data: needed(
    texts(
      '-d, --data <dir>',
      'folder of data.fits, noise_map.fits and uv_wavelengths.fits, or a file of wtilde prepare; may be repeated: one ' +
        'lens, a source for each',
    ),
  ),
  ...modelOptions,
  ...summingOptions,
  backend,
  executor,
  out: text(
    '-o, --out <dir|file.npz>',
    'write a folder of pictures: FITS images, figures, index.html, result.json; or the arrays of the source alone',
  ),
  ...pictureOptions,
  force,
  gradient: flag(
    '--gradient',
    'the derivatives of the log evidence too, by every parameter of lens and regularization',
  ),
  positive: positiveSource,
  ridge: value('--ridge <n>', 'added to the diagonal of linear light (default: 0.001)', notNegative),
  repeat: value('-r, --repeat <n>', 'evaluate n times and tell the fastest', count),
  strict,
  json,
};

export type EvidenceOptions = Values<typeof options>;

export const evidence: Declaration<typeof options> = { name: 'evidence', help, options };
