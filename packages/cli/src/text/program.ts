import type { HelpText } from '../options/help.js';

export const help: HelpText = {
  summary: 'log evidence, kernels and backends',
  description:
    'Sources behind gravitational lenses, from the visibilities of an interferometer: the same kernels on ' +
    'interchangeable backends, proven equal to each other.',
  details: [
    `Examples:
  $ wtilde explore                            an example: drag the lens, watch the source
  $ wtilde import observation.uvfits --out sma
  $ wtilde evidence --data sma --mask-radius 3 --pixel-scale 0.2 --shape 100 \\
      --lens lens.json --out result           pictures in result/index.html`,
    'Files: what exists is replaced with --force only, and what a command reads never; links are written through, ' +
      'pipes and devices written into.',
    `Exit codes:
  0  fine
  1  backends disagree by more than float64 allows
  2  bad input, or something asked for is not available or cannot be written`,
  ],
};
