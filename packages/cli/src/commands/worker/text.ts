import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'join a server and work for others',
  description:
    'Joins a server (Redis 6.2 or later, or Valkey) and does the work of every wtilde that is told --executor bullmq: with ' +
    'the same address, until it is stopped. Ctrl-C lets it finish what it has begun; once more ends it at once, and others ' +
    'take over.',
  details: [
    'It fetches a dataset once and keeps it. It refuses a server that another version of wtilde uses. A worker that dies ' +
      'costs the time until its locks end, 15 s, and what it had begun. Needs @wtilde/executor beside wtilde.',
  ],
  examples: ['wtilde worker --connect redis://head-node:6379 --threads 8'],
};
