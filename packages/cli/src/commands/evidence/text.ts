import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'from visibilities and a lens model to an evidence and a source',
  description:
    'The log evidence of a lens model and the source that it takes: masks, ray-traces, meshes, maps and inverts the ' +
    'visibilities of three FITS files.',
  details: [
    'lens.json holds mass profiles; lengths are in arcsec, a centre is [y, x], angles are in degrees ' +
      'counter-clockwise from the x axis:',
    `  { "mass": [{ "type": "Isothermal", "centre": [0, 0], "einsteinRadius": 1.6,
               "axisRatio": 0.9, "angle": 45 },
             { "type": "ExternalShear", "gamma1": 0.02, "gamma2": -0.01 }] }`,
  ],
  examples: [
    'wtilde evidence --data sma --mask-radius 3 --pixel-scale 0.2 --shape 100 --lens lens.json --mesh overlay:26x26 ' +
      '--regularization constant:1',
    'wtilde evidence --data sma.npz --lens lens.json --mesh overlay:30x30:natural --regularization gradient:3 --gradient --json',
  ],
  last: [
    `The JSON object:
  { "logEvidence", "errorBound", "gradient": {...}, "terms": {...}, "ms",
    "prepareMs", "parts": {...}, "sourcePixels",
    "ran": [{ "kernel", "backend", "precision", "simd", "method" }] }
With a file of wtilde prepare, "readMs" stands for "prepareMs".`,
    `With --lens - every line of stdin is the JSON of a model, and every line of stdout its result, in the
same order: { "logEvidence", "gradient": {...} }, or { "error" } for one that has none. Models are
evaluated side by side on all cores; the dataset is made ready once.`,
  ],
};
