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
    `Meshes (INTERPOLATION: natural, the default; laplace; or barycentric):
  overlay:30x30[:INTERPOLATION]         cells over the mask, then traced
  hilbert:500[:INTERPOLATION],weightPower=3.5,weightFloor=0.01,edgePoints=30
                                        points along a curve, dense where the
                                        adapt image is bright; a circle of zeros
  points:FILE[:INTERPOLATION][,zeroedPixels=30]
                                        your own: (S, 2), (y, x) in arcsec
  rectangular:30x30                     equal cells in the source plane
  rectangularAdaptDensity:30x30[:kernel|rank][,bandwidth=1]
                                        narrow where many pixels are traced to
  rectangularAdaptImage:30x30[:kernel|rank][,weightPower=1,weightFloor=0]
                                        and where the adapt image is bright`,
    'Mesh and regularization may also be written as JSON.',
    'What else is on the way, at redshifts of its own; Einstein radii are those for the source, the cosmology is ' +
      '"planck15" unless told, and a plane with mesh and regularization has a source of its own:',
    `  { "mass": [...], "lensRedshift": 0.5, "sourceRedshift": 2,
    "planes": [{ "redshift": 1, "mass": [...], "light": [...],
                 "mesh": "overlay:20x20", "regularization": "constant:1" }],
    "cosmology": { "hubbleConstant": 70, "matterDensity": 0.3 } }`,
    'Light beside the source pixels: "lensLight" of the lens, and "light" of planes, are taken off; a profile whose ' +
      'type begins with Linear, or MultiGaussian, has no intensity: it is solved for, in the source too. "light" of the ' +
      'source with an intensity is for wtilde simulate, and what the pixels stand for. With --mesh none it is fitted.',
    `  { "mass": [...],
    "light": [{ "type": "MultiGaussian", "gaussians": 20,
                "minimumSigma": 0.02, "maximumSigma": 1 }],
    "lensLight": [{ "type": "LinearSersic", "effectiveRadius": 0.6,
                    "sersicIndex": 4 }] }`,
  ],
  examples: [
    'wtilde evidence --data sma --mask-radius 3 --pixel-scale 0.2 --shape 100 --lens lens.json --mesh overlay:26x26 ' +
      '--regularization gradient:3 --out result',
    'wtilde evidence --data sma.npz --lens lens.json --mesh overlay:30x30:barycentric --regularization constant:1 --json',
    'wtilde evidence --data sma.npz --lens lens.json --out first.npz',
    'wtilde evidence --data sma.npz --lens lens.json --adapt-image first.npz --mesh hilbert:500,weightPower=1,weightFloor=0.1 ' +
      '--regularization adaptPower:innerCoefficient=0.5,outerCoefficient=3',
    'wtilde evidence --data sma.npz --lens light.json --mesh none --positive',
  ],
  last: [
    `The JSON object:
  { "logEvidence", "errorBound", "gradient": {...}, "terms": {...},
    "positive": { "pixels", "violation", "iterations" }, "ms",
    "prepareMs", "parts": {...}, "sourcePixels",
    "ran": [{ "kernel", "backend", "precision", "simd", "method" }] }
With a file of wtilde prepare, "readMs" stands for "prepareMs". With light
profiles it has "linear": [{ "path", "type", "intensities", "errors" }], and
"sourcePixels" is a list, the source the last.`,
    'With --lens - every line of stdin is the JSON of a model, and every line of stdout its result, in the same order: ' +
      '{ "logEvidence", "gradient": {...} }, or { "error" } for one that has none. Models are evaluated side by side on ' +
      'all cores; the dataset is made ready once.',
  ],
};
