import type { Declaration } from '../../options/command.js';
import { flag, offering, texts, type Values } from '../../options/declare.js';
import { backendIds } from '../../options/offers.js';
import { inputOptions } from '../../options/shared.js';
import { help } from './text.js';

const options = {
  backend: offering(
    texts('-b, --backend <id>', 'a backend to run; may be repeated (default: all there are)'),
    backendIds,
  ),
  json: flag('--json', 'print one JSON object instead of the table'),
  reconstruction: flag('--reconstruction', 'add the reconstructed source to the terms of the JSON object'),
  ...inputOptions,
};

export type LikelihoodOptions = Values<typeof options>;

export const likelihood: Declaration<typeof options> = { name: 'likelihood', help, options };
