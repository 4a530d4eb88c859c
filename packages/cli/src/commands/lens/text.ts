import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'critical curves, caustics and the Einstein radius of a lens',
  description:
    'What a mass model does: its effective Einstein radius (of a circle as large as the area within the tangential ' +
    'critical curves), its critical curves and its caustics, from exact derivatives of the deflections.',
  examples: ['wtilde lens --lens lens.json', 'wtilde lens --lens lens.json --extent -3,3,-3,3 --out curves.npz --json'],
  last: [
    `The JSON object; points are [y, x] in arcsec:
  { "einsteinRadius",
    "criticalCurves": { "tangential": [{ "closed", "points" }],
      "radial": [...] },
    "caustics": { "tangential": [...], "radial": [...] } }
The file has tangential_critical_curve_0, tangential_caustic_0,
radial_critical_curve_0, ...
"einsteinRadius" is null where the extent cuts a tangential critical curve.`,
  ],
};
