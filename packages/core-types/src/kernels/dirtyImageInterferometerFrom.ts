import { defineKernel } from '../descriptor.js';
import * as on from '../fragments/visibilities.js';
import * as is from '../params.js';

export const dirtyImageInterferometerFrom = defineKernel({
  name: 'dirtyImageInterferometerFrom',
  upstream: 'dirty_image_interferometer_from',
  number: 22,
  origin: 'wtilde',
  formula: 'sum_k Re(v_k)/Re(n_k)^2 cos(phi) - Im(v_k)/Im(n_k)^2 sin(phi), phi = 2 pi (x_i u_k + y_i v_k)',
  params: {
    data: on.visibilities,
    noiseMap: on.noiseMap,
    uvWavelengths: on.uvWavelengths,
    gridRadiansSlim: on.gridRadiansSlim,
  },
  returns: is.arrayResult('real', ['M'], 'transform', 'the dirty image'),
  minimumPrecision: 'float32',
  measures: { latticePoints: on.latticePoints },
  yardsticks: ({ data, noiseMap, uvWavelengths, gridRadiansSlim }) =>
    on.positionYardstick(
      uvWavelengths,
      gridRadiansSlim,
      data.data.reduce((sum, value, lane) => sum + Math.abs(value) / noiseMap.data[lane] ** 2, 0),
    ),
});
