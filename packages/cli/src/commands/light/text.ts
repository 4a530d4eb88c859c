import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'from visibilities and light profiles to a likelihood and intensities',
  description:
    'The log likelihood of a source, and of a lens, made of light profiles; the intensities of linear profiles are ' +
    'solved for, alone or beside source pixels.',
  details: [
    'lens.json may have "light" of the source and "lensLight" of the lens itself, of given intensity. A file of linear ' +
      'light holds the like without a lens, its intensities being units:',
    `  { "source": [{ "type": "Exponential", "centre": [0.1, 0], "intensity": 1,
                 "effectiveRadius": 0.3 }],
    "lens": [{ "type": "Gaussian", "intensity": 1, "sigma": 0.5 }] }`,
  ],
  examples: [
    'wtilde light --data sma.npz --lens lens.json',
    'wtilde light --data sma.npz --lens lens.json --linear linear.json --mesh overlay:30x30 --regularization constant:1 --json',
  ],
  last: [
    `The JSON object:
  { "logEvidence", "terms": {...}, "sourcePixels",
    "linear": { "source": [{ "type", "factor", "error" }], "lens": [...] } }`,
  ],
};
