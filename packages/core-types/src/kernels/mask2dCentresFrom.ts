import { defineKernel } from '../descriptor.js';
import * as is from '../params.js';

export const mask2dCentresFrom = defineKernel({
  name: 'mask2dCentresFrom',
  upstream: 'mask_2d_centres_from',
  number: 1,
  formula: '((Ny-1)/2 - cy/sy, (Nx-1)/2 + cx/sx)',
  params: {
    shapeNative: is.shape(['Ny', 'Nx'], 'rows and columns of the image'),
    pixelScales: is.pair('height and width of a pixel in arcsec', { above: 0 }),
    centre: is.pair('centre (y, x) in arcsec, positive up and right'),
  },
  returns: is.arrayResult('real', [2], 'exact', 'the centre as fractional 0-based (row, column)'),
  minimumPrecision: 'float32',
});
