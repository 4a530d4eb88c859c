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
      'nested (evidence too, no gradients) or nuts (by gradients, from the maximum)',
      oneOf('nested', 'nuts'),
    ),
    'nested',
  ),
  live: standing(value('--live <n>', 'nested: points from each region; more find more maxima', count), 500),
  effectiveSamples: standing(
    value('--effective-samples <n>', 'nested: samples that the posterior is worth', count),
    1000,
  ),
};

export type SampleOptions = Values<typeof options>;

export const sample: Declaration<typeof options> = { name: 'sample', help, options };
