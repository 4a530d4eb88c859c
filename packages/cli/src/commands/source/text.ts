import type { HelpText } from '../../options/help.js';

export const help: HelpText = {
  summary: 'flux, magnification and brightest pixel of the reconstructed source',
  description:
    'Reconstructs the source of a lens model as wtilde evidence does and measures it: flux of source and images, ' +
    'magnification and brightest pixel, each with the standard deviation that noise and regularization leave it.',
  examples: ['wtilde source --data sma.npz --lens lens.json --mesh overlay:30x30 --regularization gradient:3'],
  last: [
    `The JSON object; a measured number is { "value", "error" }, fluxes are in the unit of the visibilities:
  { "logEvidence", "sourcePixels", "pixels", "area", "sourceFlux", "imageFlux",
    "magnification", "brightest": { "pixel", "position", "brightness" } }`,
  ],
};
