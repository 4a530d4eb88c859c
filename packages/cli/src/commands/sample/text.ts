import type { HelpText } from '../../options/help.js';
import { modelDetails } from '../../text/model.js';

export const help: HelpText = {
  summary: 'the posterior of a lens model, and its evidence',
  description:
    'Samples the posterior of a lens model, and gives the evidence of the whole model. By adaptive importance sampling ' +
    'around the maxima of a fit; with --sampler nested by importance nested sampling, which finds maxima by itself and ' +
    'takes many times as long; or by the No-U-Turn sampler, without an evidence, where evidences have no jumps.',
  details: modelDetails,
  examples: [
    'wtilde sample --data sma --mask-radius 3 --pixel-scale 0.2 --shape 100 --model model.json --mesh overlay:24x24 ' +
      '--regularization gradient:1 --out sampled',
    'wtilde sample --data sma.npz --model model.json --sampler nested --out sampled --resume --json',
  ],
  last: [
    'The folder of --out holds result.json, samples.npz (values, weights, log_likelihoods) and the checkpoint: who is ' +
      'interrupted goes on with --resume, to the same result.',
    `The JSON object:
  { "logZ": { "value", "sigma" }, "effectiveSamples", "converged",
    "evaluations", "seconds",
    "parameters": { "mass.0.einsteinRadius": { "value", "sigma", "quantiles":
      { "q025", "q16", "median", "q84", "q975" } }, ... },
    "statement", "failures", "splitRHat",
    "trace": [{ "evaluations", "logZ" }], "paths": [...] }
"value" is the mean. Only nuts has a "splitRHat", and no "logZ": they are null.`,
  ],
};
