import type { Declaration } from '../../options/command.js';
import type { Values } from '../../options/declare.js';
import { json } from '../../options/shared.js';
import { help } from './text.js';

const options = {
  json,
};

export type BackendsOptions = Values<typeof options>;

export const backends: Declaration<typeof options> = { name: 'backends', help, options };
