import type { Declaration } from '../../options/command.js';
import { standing, type Values, value } from '../../options/declare.js';
import { searchOptions } from '../../options/shared.js';
import { count, oneOf } from '../../options/values.js';
import { help } from './text.js';

const options = {
  ...searchOptions,
  sampler: standing(
    value(
      '--sampler <name>',
      'importance (evidence too, from the maxima of a fit), nested (from the whole prior) or nuts (by gradients)',
      oneOf('importance', 'nested', 'nuts'),
    ),
    'importance',
  ),
  live: standing(value('--live <n>', 'nested: points from each region; more find more maxima', count), 500),
  effectiveSamples: standing(
    value('--effective-samples <n>', 'not nuts: samples that the posterior is worth', count),
    1000,
  ),
};

export type SampleOptions = Values<typeof options>;

export const sample: Declaration<typeof options> = { name: 'sample', help, options };
