import type { Declaration } from '../../options/command.js';
import { needed, text, type Values, value } from '../../options/declare.js';
import { positive } from '../../options/values.js';
import { help } from './text.js';

const options = {
  pixelScale: needed(value('--pixel-scale <arcsec>', 'side of a pixel', positive)),
  lens: text('-l, --lens <file.json>', 'a lens model to make a template of'),
  lensRedshift: value('--lens-redshift <z>', 'where the lens of the template is', positive),
  sourceRedshift: value('--source-redshift <z>', 'where the source of the template is', positive),
};

export type CoolestOptions = Values<typeof options>;

export const coolest: Declaration<typeof options> = {
  name: 'coolest',
  help,
  operands: { '[template]': 'a COOLEST template to make a lens model of' },
  options,
};
