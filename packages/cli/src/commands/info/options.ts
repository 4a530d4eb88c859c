import type { Declaration } from '../../options/command.js';
import type { Values } from '../../options/declare.js';
import { json, maskOptions, strict } from '../../options/shared.js';
import { help } from './text.js';

const options = {
  ...maskOptions,
  json,
  strict,
};

export type InfoOptions = Values<typeof options>;

export const info: Declaration<typeof options> = {
  name: 'info',
  help,
  operands: { '<dir>': 'folder of data.fits, noise_map.fits and uv_wavelengths.fits' },
  options,
};
