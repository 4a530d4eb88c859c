import type { HelpText } from '../options/help.js';

export const help: HelpText = {
  summary: 'log evidence, kernels and backends',
  description:
    'Radio-interferometer strong-lens source inversion: the same kernels on interchangeable backends, proven equal to ' +
    'each other.',
  details: [
    `Examples:
  $ wtilde likelihood                         the bundled dataset on every backend
  $ wtilde likelihood --inputs dataset.npz    your own
  $ wtilde kernel mapping_matrix_from --inputs dataset.npz --out T.npz
  $ wtilde backends`,
    'Files: what exists is replaced with --force only, and what a command reads never; links are written through, ' +
      'pipes and devices written into.',
    `Exit codes:
  0  fine
  1  backends disagree by more than float64 allows
  2  bad input, or something asked for is not available or cannot be written`,
  ],
};
