import type { HelpText } from '../../options/help.js';
import { modelDetails } from '../../text/model.js';

export const help: HelpText = {
  summary: 'the lens model of the largest evidence, with errors',
  description:
    'Finds the lens model whose evidence times prior is largest, from several starts, by exact gradients of the evidence ' +
    'where its mesh has no jumps; errors come from the curvature there.',
  details: modelDetails,
  examples: [
    'wtilde fit --data sma --mask-radius 3 --pixel-scale 0.2 --shape 100 --model model.json --mesh overlay:24x24 ' +
      '--regularization gradient:1 --out fitted',
    'wtilde fit --data sma.npz --model model.json --out fitted --resume --json',
    'wtilde fit --data sma.npz --model model.json --adapt-image fitted --regularization ' +
      'maternAdaptKernel:0.3,2.5,1,3 --out adapted',
  ],
  last: [
    'The folder of --out holds result.json, lens.json (for wtilde evidence --lens), source.npz (which --adapt-image takes, ' +
      'by the name of the folder), and the checkpoint: who is interrupted goes on with --resume, to the same result.',
    `The JSON object:
  { "logEvidence", "converged", "evaluations", "seconds",
    "parameters": { "mass.0.einsteinRadius": { "value", "sigma" }, ... },
    "statement", "failures", "magnification", "covariance": [[...]],
    "starts": [{ "logPosterior", "starts", "end", "evaluations" }],
    "notes": [{ "code", "text" }] }
"sigma" is null where there is none.`,
  ],
};
