import type { Declaration } from '../../options/command.js';
import { shells } from './shells.js';
import { help } from './text.js';

const options = {};

export const completion: Declaration<typeof options> = {
  name: 'completion',
  help,
  operands: { '<shell>': shells.join(', ') },
  operandOffers: async () => shells,
  options,
};
