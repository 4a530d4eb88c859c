/** What the helps of `wtilde fit` and `wtilde sample` say of a model with priors. */
export const modelDetails: readonly string[] = [
  'model.json is a lens.json in which a prior may stand for a number, also within pairs, or a tie to another place:',
  `  { "mass": [{ "type": "Isothermal", "einsteinRadius": { "uniform": [1, 2] },
               "centre": [{ "normal": [0, 0.1] }, { "normal": [0, 0.1] }],
               "ellComps": [{ "normal": [0, 0.3] }, { "normal": [0, 0.3] }] },
             { "type": "ExternalShear", "gamma1": { "uniform": [-0.2, 0.2] },
               "gamma2": { "uniform": [-0.2, 0.2] } }],
    "mesh": "overlay:24x24", "regularization": "gradient:1",
    "positions": { "points": [[1.2, 0.4], [-0.9, 0.1]], "sigma": 0.2 } }`,
  'Priors are uniform, logUniform [low, high], normal [mean, sigma] and truncatedNormal [mean, sigma, low, high]; a tie is ' +
    '{ "tie": "mass.0.centre.1" }. The regularization coefficient is found too, log-uniform over four decades to either ' +
    'side of what is written, unless it has a prior or --fix-regularization is given; so are those of bright and dark ' +
    'pixels, and the scale of a kernel. Positions, which are optional, are images of one place in the source, and sigma ' +
    'how far apart in arcsec they may be traced.',
  'What follows an image of the source (maternAdaptKernel and the like) takes it by --adapt-image: the folder of an earlier ' +
    'fit. Several datasets of one mask follow one image.',
  'Light may be fitted too, see the help of wtilde evidence: with "mesh": "none" light profiles alone, else what is linear, ' +
    'and light of the lens. Evidences of light have no gradient: they are found by evolution, and sampled by nested sampling.',
  `  { "mass": [...], "mesh": "none",
    "light": [{ "type": "LinearSersic", "sersicIndex": 1,
                "centre": [{ "normal": [0, 0.3] }, { "normal": [0, 0.3] }],
                "effectiveRadius": { "logUniform": [0.05, 2] } }] }`,
];
