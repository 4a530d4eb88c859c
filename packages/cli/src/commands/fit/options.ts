import type { Declaration } from '../../options/command.js';
import { standing, type Values, value } from '../../options/declare.js';
import { searchOptions } from '../../options/shared.js';
import { count } from '../../options/values.js';
import { help } from './text.js';

const options = {
  ...searchOptions,
  starts: standing(
    value('--starts <n>', 'descents side by side, from the best of eight times as many guesses', count),
    8,
  ),
};

export type FitOptions = Values<typeof options>;

export const fit: Declaration<typeof options> = { name: 'fit', help, options };
