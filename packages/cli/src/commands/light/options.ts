import type { Declaration } from '../../options/command.js';
import { needed, text, type Values, value } from '../../options/declare.js';
import { backend, force, json, strict, summingOptions } from '../../options/shared.js';
import { notNegative } from '../../options/values.js';
import { help } from './text.js';

const options = {
  data: needed(
    text(
      '-d, --data <dir>',
      'folder of data.fits, noise_map.fits and uv_wavelengths.fits, or a file of wtilde prepare',
    ),
  ),
  lens: needed(text('-l, --lens <file.json>', 'the lens model, with the light that is given')),
  linear: text('--linear <file.json>', 'light profiles whose intensities are solved for'),
  mesh: text('--mesh <mesh>', 'source pixels beside the profiles, like overlay:30x30 (default: none)'),
  regularization: text('--regularization <kind>', 'how smooth these are, like constant:1'),
  ridge: value('--ridge <n>', 'added to the diagonal of linear profiles (default: 0.001)', notNegative),
  ...summingOptions,
  backend,
  out: text('-o, --out <file.npz>', 'write the image of all light'),
  force,
  strict,
  json,
};

export type LightOptions = Values<typeof options>;

export const light: Declaration<typeof options> = { name: 'light', help, options };
