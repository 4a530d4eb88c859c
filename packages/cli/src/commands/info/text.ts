import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'what is in a dataset',
  description:
    'What is in the three FITS files of a dataset: how many visibilities, how long the baselines, how large the noise, ' +
    'and what pixels suit them.',
  examples: ['wtilde info sma', 'wtilde info sma --json'],
};
