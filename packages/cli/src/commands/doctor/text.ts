import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'what of this machine can be used, and what to do about the rest',
  description:
    'What of this machine can be used: Node, threads, vector instructions, backends, GPU and the page of wtilde explore; ' +
    'and for what is missing, what it is good for and how to get it.',
  examples: ['wtilde doctor', 'wtilde doctor --json'],
};
