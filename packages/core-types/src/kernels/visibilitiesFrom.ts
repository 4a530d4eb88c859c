import { defineKernel } from '../descriptor.js';
import * as on from '../fragments/visibilities.js';
import * as is from '../params.js';

export const visibilitiesFrom = defineKernel({
  name: 'visibilitiesFrom',
  upstream: 'visibilities_from',
  number: 26,
  origin: 'wtilde',
  formula: 'V_k = sum_i image_i exp(-2 pi i (x_i u_k + y_i v_k))',
  params: {
    image: is.array('real', ['M'], 'the image'),
    uvWavelengths: on.uvWavelengths,
    gridRadiansSlim: on.gridRadiansSlim,
  },
  returns: is.arrayResult('complex', ['K'], 'transform', 'the visibilities of the image'),
  minimumPrecision: 'float32',
  measures: { latticePoints: on.latticePoints },
  yardsticks: ({ image, uvWavelengths, gridRadiansSlim }) =>
    on.positionYardstick(
      uvWavelengths,
      gridRadiansSlim,
      image.data.reduce((sum, value) => sum + Math.abs(value), 0),
    ),
});
