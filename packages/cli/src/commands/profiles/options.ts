import type { Declaration } from '../../options/command.js';
import type { Values } from '../../options/declare.js';
import { json } from '../../options/shared.js';
import { help } from './text.js';

const options = { json };

export type ProfilesOptions = Values<typeof options>;

export const profiles: Declaration<typeof options> = {
  name: 'profiles',
  help,
  operands: { '[type]': 'the one profile to tell about' },
  operandOffers: async () => {
    const { lightKinds, massKinds } = await import('@wtilde/lens');
    return Object.keys({ ...massKinds, ...lightKinds });
  },
  options,
};
