import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'an interferometer that looks at a lensed source, as FITS files',
  description: 'What an interferometer sees of a lensed source: visibilities with normal noise, as three FITS files.',
  details: [
    `lens.json holds mass and light profiles:
  { "mass": [{ "type": "IsothermalSph", "einsteinRadius": 1.2 }],
    "light": [{ "type": "Sersic", "intensity": 1, "effectiveRadius": 0.3,
                "sersicIndex": 1 }] }`,
    '"lensLight" is light of the lens itself; "planes" between, as in the help of wtilde evidence, have both.',
  ],
  examples: [
    'wtilde simulate --lens lens.json --out simulated --mask-radius 3 --pixel-scale 0.1 --shape 100 --array alma ' +
      '--visibilities 5000 --noise 2',
  ],
};
