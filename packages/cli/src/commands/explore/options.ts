import type { Declaration } from '../../options/command.js';
import { flag, text, type Values, value } from '../../options/declare.js';
import { port } from '../../options/values.js';
import { help } from './text.js';

const options = {
  port: value('-p, --port <n>', 'the port to serve at; by default one that is free', port),
  host: text('--host <address>', 'serve to other machines, too, at this address of this one (default: 127.0.0.1)'),
  open: flag('--no-open', 'open no browser'),
};

export type ExploreOptions = Values<typeof options>;

export const explore: Declaration<typeof options> = {
  name: 'explore',
  help,
  operands: {
    '[data]':
      'folder of FITS files, a UVFITS file, a file of wtilde prepare, a session of the page, or a lens.json; by default an example',
  },
  options,
};
