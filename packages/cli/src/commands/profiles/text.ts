import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'what mass and light profiles there are, with their parameters',
  description:
    'Every mass and light profile that lens.json may have: its formula, where that is published, and its parameters ' +
    'with their units, domains and defaults.',
  examples: ['wtilde profiles', 'wtilde profiles PowerLaw', 'wtilde profiles --json'],
  last: [
    `The JSON object:
  { "mass": { TYPE: { "doc", "formula", "source", "symmetry",
      "parameters": { NAME: { "doc", "unit", "default",
        "minimum", "above", "maximum", "below" } } } },
    "light": {...}, "linearLight": {...} }`,
  ],
};
