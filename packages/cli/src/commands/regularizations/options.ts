import type { Declaration } from '../../options/command.js';
import type { Values } from '../../options/declare.js';
import { json } from '../../options/shared.js';
import { help } from './text.js';

const options = {
  json,
};

export type RegularizationsOptions = Values<typeof options>;

export const regularizations: Declaration<typeof options> = {
  name: 'regularizations',
  help,
  operands: { '[name]': 'only this one' },
  options,
};
