import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'how sources may be regularized',
  description:
    'Every regularization: what it asks of a source, its formula, its parameters with their domains, and its name in ' +
    'PyAutoLens.',
  examples: ['wtilde regularizations', 'wtilde regularizations maternKernel', 'wtilde regularizations --json'],
};
