import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'lens models from COOLEST templates, and templates from lens models',
  description:
    'Prints the lens model of a COOLEST template, or the template of a lens model: SIE, PEMD, ExternalShear, ' +
    'ConvergenceSheet and Sersic light, by their point estimates. Redshifts may stand in lens.json.',
  examples: [
    'wtilde coolest template.json --pixel-scale 0.05 > lens.json',
    'wtilde coolest --lens lens.json --lens-redshift 0.5 --source-redshift 2 --pixel-scale 0.05 > template.json',
  ],
};
