import type { Declaration } from '../../options/command.js';
import { needed, text, texts, type Values } from '../../options/declare.js';
import { backend, executor, force, strict, summingOptions } from '../../options/shared.js';
import { help } from './text.js';

const options = {
  data: needed(
    texts(
      '-d, --data <dir>',
      'folder of data.fits, noise_map.fits and uv_wavelengths.fits; may be repeated: several observations of one source',
    ),
  ),
  out: needed(text('-o, --out <file.npz>', 'what wtilde evidence --data takes')),
  ...summingOptions,
  backend,
  executor,
  force,
  strict,
};

export type PrepareOptions = Values<typeof options>;

export const prepare: Declaration<typeof options> = { name: 'prepare', help, options };
