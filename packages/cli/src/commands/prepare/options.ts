import type { Declaration } from '../../options/command.js';
import { needed, text, type Values } from '../../options/declare.js';
import { backend, data, executor, force, strict, summingOptions } from '../../options/shared.js';
import { help } from './text.js';

const options = {
  data,
  out: needed(text('-o, --out <file.npz>', 'what wtilde evidence --data takes')),
  ...summingOptions,
  backend,
  executor,
  force,
  strict,
};

export type PrepareOptions = Values<typeof options>;

export const prepare: Declaration<typeof options> = { name: 'prepare', help, options };
