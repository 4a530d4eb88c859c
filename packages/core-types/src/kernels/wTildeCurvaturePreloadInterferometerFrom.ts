import { defineKernel } from '../descriptor.js';
import { gridPitch, squareGrid } from '../fragments/nativeGrid.js';
import * as on from '../fragments/visibilities.js';
import * as is from '../params.js';

export const wTildeCurvaturePreloadInterferometerFrom = defineKernel({
  name: 'wTildeCurvaturePreloadInterferometerFrom',
  upstream: 'w_tilde_curvature_preload_interferometer_from',
  number: 5,
  formula:
    'at [dy mod 2Ny, dx mod 2Nx]: sum_k n_k^-2 cos(2 pi (dx d u_k - dy d v_k)), |dy| < Ny rows down, |dx| < Nx ' +
    'columns right, d the spacing of gridRadians2d; row Ny and column Nx stay 0',
  params: {
    noiseMapReal: on.noiseMapReal,
    uvWavelengths: on.uvWavelengths,
    shapeMaskedPixels2d: is.shape(['Ny', 'Nx'], 'rows and columns of the bounding box of the unmasked pixels'),
    gridRadians2d: is.array(
      'real',
      ['Gy', 'Gx', 2],
      'centres (y, x) of a square grid in radians; only its spacing counts',
    ),
  },
  returns: is.arrayResult('real', ['2Ny', '2Nx'], 'transform', 'the table of W by displacement'),
  minimumPrecision: 'float32',
  requires: [squareGrid],
  yardsticks: ({ noiseMapReal, uvWavelengths, gridRadians2d }, { Ny, Nx }) =>
    on.pixelYardstick(uvWavelengths, Ny - 1, Nx - 1, gridPitch(gridRadians2d) ?? 0, on.sumOfWeights(noiseMapReal)),
});
