import { defineKernel } from '../descriptor.js';
import * as is from '../params.js';

export const mask2dCircularFrom = defineKernel({
  name: 'mask2dCircularFrom',
  upstream: 'mask_2d_circular_from',
  number: 2,
  formula: '((row-yc) sy)^2 + ((col-xc) sx)^2 > radius^2, (yc, xc) = mask2dCentresFrom',
  params: {
    shapeNative: is.shape(['Ny', 'Nx'], 'rows and columns of the image'),
    pixelScales: is.pair('height and width of a pixel in arcsec', { above: 0 }),
    radius: is.scalar('radius of the circle in arcsec', { minimum: 0 }),
    centre: is.pairWithDefault('centre (y, x) in arcsec, positive up and right', [0, 0]),
  },
  returns: is.arrayResult('bool', ['Ny', 'Nx'], 'exact', 'true where masked; exactly on the radius is unmasked'),
  minimumPrecision: 'float32',
});
