import type { Declaration } from '../../options/command.js';
import type { Values } from '../../options/declare.js';
import { shells } from './shells.js';
import { help } from './text.js';

const options = {};

export type CompletionOptions = Values<typeof options>;

export const completion: Declaration<typeof options> = {
  name: 'completion',
  help,
  operands: { '<shell>': shells.join(', ') },
  operandOffers: async () => shells,
  options,
};
