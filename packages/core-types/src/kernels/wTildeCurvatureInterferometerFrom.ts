import { defineKernel } from '../descriptor.js';
import * as on from '../fragments/visibilities.js';
import * as is from '../params.js';

export const wTildeCurvatureInterferometerFrom = defineKernel({
  name: 'wTildeCurvatureInterferometerFrom',
  upstream: 'w_tilde_curvature_interferometer_from',
  number: 4,
  formula: 'W_ij = sum_k n_k^-2 cos(2 pi ((x_i-x_j) u_k + (y_i-y_j) v_k))',
  params: {
    noiseMapReal: on.noiseMapReal,
    uvWavelengths: on.uvWavelengths,
    gridRadiansSlim: on.gridRadiansSlim,
  },
  returns: is.arrayResult('real', ['M', 'M'], 'transform', 'the precision matrix W'),
  minimumPrecision: 'float32',
  measures: { latticePoints: on.latticePoints },
  yardsticks: ({ noiseMapReal, uvWavelengths, gridRadiansSlim }) =>
    on.displacementYardstick(uvWavelengths, gridRadiansSlim, on.sumOfWeights(noiseMapReal)),
});
