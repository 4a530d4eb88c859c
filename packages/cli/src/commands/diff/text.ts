import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'which kernels backends have, and what differs from upstream',
  description:
    'Which kernels backends have and have not, of two or of all that are installed, and where signatures differ from ' +
    'python-autojax.',
  examples: ['wtilde diff', 'wtilde diff reference loops'],
};
