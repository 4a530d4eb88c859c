import { defineKernel } from '../descriptor.js';
import { fittingSubPixels, usedEntries } from '../fragments/subPixels.js';
import * as is from '../params.js';

export const mappingMatrixFrom = defineKernel({
  name: 'mappingMatrixFrom',
  upstream: 'mapping_matrix_from',
  number: 9,
  formula: 'T[slim(i), pixIndexes[i,b]] += subFraction[slim(i)] pixWeights[i,b] for b < size(i)',
  params: {
    pixIndexesForSubSlimIndex: is.array('index', ['Msub', 'B'], 'source pixels that a sub-pixel maps to; -1 pads', {
      values: 'withRequirement',
    }),
    pixSizeForSubSlimIndex: is.optionalArray('index', ['Msub'], 'entries in use per row; default: up to the first -1', {
      values: { from: 0, below: 'B+1' },
    }),
    pixWeightsForSubSlimIndex: is.array('real', ['Msub', 'B'], 'interpolation weights of the mappings', {
      values: 'withRequirement',
    }),
    pixels: is.size('S', 'number of source pixels', { upstream: ['pixels', 'pix_pixels'] }),
    totalMaskPixels: is.sizeWithDefault('M', 'number of image pixels; default: one per sub-pixel', 'Msub'),
    slimIndexForSubSlimIndex: is.optionalArray('index', ['Msub'], 'image pixel of each sub-pixel; default: itself', {
      values: { from: 0, below: 'M' },
    }),
    subFraction: is.optionalArray('real', ['M'], 'weight of a sub-pixel per image pixel; default: 1'),
  },
  returns: is.arrayResult('real', ['M', 'S'], 'fewAdditions', 'the mapping matrix T'),
  minimumPrecision: 'float32',
  upstreamDifference: 'pix_size, slim_index, total_mask_pixels and sub_fraction are optional',
  requires: [fittingSubPixels, usedEntries],
});
