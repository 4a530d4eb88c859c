import { allKernels } from '@wtilde/core-types';
import type { HelpText } from '../../options/help.js';
import { fileFormat } from '../../text/fileFormat.js';

export const help: HelpText = {
  summary: 'run or time one kernel',
  description: 'Runs one kernel and prints what its result is like, writes it with --out, or times it with --repeat.',
  details: [
    `${fileFormat} What is computed first is computed by the backend loops.`,
    'Without --backend, WTILDE_DEFAULT_BACKEND names the backend and WTILDE_FALLBACK those to try where it does not ' +
      'have the kernel.',
    'With --repeat the output is { "median_ms", "min_ms", "method" } of plain calls with the option ' +
      "check: 'shapes', after calls to warm up.",
  ],
  examples: [
    'wtilde kernel w_compact_curvature_interferometer_from --inputs dataset.npz --out W.npz',
    'wtilde kernel dataVectorFrom --inputs dataset.npz --backend reference',
    'wtilde kernel w_compact_curvature_interferometer_from --repeat 20',
  ],
  last: [
    [
      'Kernels, by upstream name and ours:',
      ...allKernels().map(({ upstream, name }) => `  ${upstream}\n      ${name}`),
    ].join('\n'),
  ],
};
