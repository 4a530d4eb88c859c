import type { Declaration } from '../../options/command.js';
import { needed, text, type Values, value } from '../../options/declare.js';
import { force, json } from '../../options/shared.js';
import { invalid, shape } from '../../options/values.js';
import { help } from './text.js';

const options = {
  lens: needed(text('-l, --lens <file.json>', 'the lens model')),
  extent: value(
    '--extent <l,r,b,t>',
    'left, right, bottom and top of what is looked at, in arcsec (default: all of the lens)',
    extent,
  ),
  cells: value('--cells <n>', 'cells of the lattice along each side, or rows x columns (default: 100)', shape),
  out: text('-o, --out <file.npz>', 'write critical curves and caustics, points (y, x) in arcsec'),
  force,
  json,
};

export type LensOptions = Values<typeof options>;

export const lens: Declaration<typeof options> = { name: 'lens', help, options };

function extent(given: string, option: string): readonly [number, number, number, number] {
  const parts = given.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [left, right, bottom, top] = parts;
  if (parts.length === 4 && parts.every(Number.isFinite)) return [left, right, bottom, top];
  throw invalid(option, 'four numbers left,right,bottom,top', given);
}
