import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'what the kernels take, for others to check',
  description:
    'Writes everything that the kernels take for a dataset and a lens model, under the argument names of python-autojax.',
  examples: [
    'wtilde inputs --data sma --mask-radius 3 --pixel-scale 0.2 --shape 100 --lens lens.json --out inputs.npz',
  ],
};
