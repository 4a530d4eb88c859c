import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'sum visibilities once, for many evidences',
  description:
    'Sums visibilities into W and the dirty image, in one pass whose memory does not grow with their number. The file ' +
    'makes every later evidence start at once.',
  examples: ['wtilde prepare --data alma --mask-radius 3 --pixel-scale 0.05 --shape 200 --out alma.npz'],
};
