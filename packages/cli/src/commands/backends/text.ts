import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'what backends there are and what they can do',
  description:
    'Every backend that wtilde knows: its precision, whether it is available and why not, its kernels and their methods.',
  examples: ['wtilde backends', 'wtilde backends --json'],
};
