import { defineKernel } from '../descriptor.js';
import * as on from '../fragments/visibilities.js';
import * as is from '../params.js';

/** Not the dirty image: the weight is squared and inverted, as upstream has it. */
export const wTildeDataInterferometerFrom = defineKernel({
  name: 'wTildeDataInterferometerFrom',
  upstream: 'w_tilde_data_interferometer_from',
  number: 3,
  formula: 'sum_k (n_k^2 / v_k)^2 cos(2 pi (x_i u_k + y_i v_k)); upstream quirk, NOT the dirty image',
  params: {
    visibilitiesReal: is.array('real', ['K'], 'real part of the visibilities', { values: 'nonZero' }),
    noiseMapReal: on.noiseMapReal,
    uvWavelengths: on.uvWavelengths,
    gridRadiansSlim: on.gridRadiansSlim,
  },
  returns: is.arrayResult('real', ['M'], 'transform', 'one value per image pixel'),
  minimumPrecision: 'float32',
  upstreamDifference: 'native_index_for_slim_index, which upstream takes only for its length, is not an argument',
  measures: { latticePoints: on.latticePoints },
  yardsticks: ({ visibilitiesReal, noiseMapReal, uvWavelengths, gridRadiansSlim }) =>
    on.positionYardstick(
      uvWavelengths,
      gridRadiansSlim,
      noiseMapReal.data.reduce((sum, noise, k) => sum + (noise ** 2 / visibilitiesReal.data[k]) ** 2, 0),
    ),
});
