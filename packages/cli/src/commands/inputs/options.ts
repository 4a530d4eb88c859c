import type { Declaration } from '../../options/command.js';
import { needed, text, type Values } from '../../options/declare.js';
import { data, force, maskOptions, modelOptions, strict, summingOptions } from '../../options/shared.js';
import { help } from './text.js';

const options = {
  data,
  ...modelOptions,
  out: needed(text('-o, --out <file.npz>', 'arrays under the argument names of python-autojax')),
  ...maskOptions,
  noise: summingOptions.noise,
  force,
  strict,
};

export type InputsOptions = Values<typeof options>;

export const inputs: Declaration<typeof options> = { name: 'inputs', help, options };
