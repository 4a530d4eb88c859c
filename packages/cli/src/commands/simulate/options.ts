import type { Declaration } from '../../options/command.js';
import { needed, standing, text, type Values, value } from '../../options/declare.js';
import { backend, force, maskOptions, primaryBeamOptions, strict } from '../../options/shared.js';
import { count, positive, seed } from '../../options/values.js';
import { help } from './text.js';

const options = {
  lens: needed(text('-l, --lens <file.json>', 'the lens model, with the light of the source')),
  out: needed(text('-o, --out <dir>', 'folder for data.fits, noise_map.fits and uv_wavelengths.fits')),
  ...maskOptions,
  ...primaryBeamOptions,
  uv: text('--uv <file.fits>', 'baselines (K, 2) in wavelengths to observe with'),
  array: standing(text('--array <name>', 'or baselines of an array like sma or alma'), 'sma'),
  visibilities: standing(value('--visibilities <k>', 'as many baselines of the array', count), 1000),
  noise: standing(value('--noise <sigma>', 'standard deviation of either part of a visibility', positive), 1),
  seed: standing(value('--seed <n>', 'seed of antennas and noise', seed), 0),
  backend,
  force,
  strict,
};

export type SimulateOptions = Values<typeof options>;

export const simulate: Declaration<typeof options> = { name: 'simulate', help, options };
