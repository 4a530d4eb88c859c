import type { Declaration } from '../../options/command.js';
import type { Values } from '../../options/declare.js';
import { backendIds } from '../../options/offers.js';
import { help } from './text.js';

const options = {};

export type DiffOptions = Values<typeof options>;

export const diff: Declaration<typeof options> = {
  name: 'diff',
  help,
  operands: { '[a]': 'a backend', '[b]': 'another backend' },
  operandOffers: backendIds,
  options,
};
