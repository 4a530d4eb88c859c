import type { Declaration } from '../../options/command.js';
import type { Values } from '../../options/declare.js';
import { json } from '../../options/shared.js';
import { help } from './text.js';

const options = {
  json,
};

export type DoctorOptions = Values<typeof options>;

export const doctor: Declaration<typeof options> = { name: 'doctor', help, options };
