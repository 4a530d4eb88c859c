import { defineKernel } from '../descriptor.js';
import * as on from '../fragments/visibilities.js';
import * as is from '../params.js';

export const wCompactCurvatureInterferometerFrom = defineKernel({
  name: 'wCompactCurvatureInterferometerFrom',
  upstream: 'w_compact_curvature_interferometer_from',
  number: 6,
  formula:
    'C[m, n+N-1] = sum_k n_k^-2 cos(2 pi d (n u_k - m v_k)), m = 0..N-1, n = -(N-1)..N-1, d one pixel in radians',
  params: {
    gridSize: is.size('N', 'side of the square that bounds the unmasked pixels'),
    noiseMapReal: on.noiseMapReal,
    uvWavelengths: on.uvWavelengths,
    pixelScale: is.scalar('side of a pixel in arcsec'),
  },
  returns: is.arrayResult('real', ['N', '2N-1'], 'transform', 'W by displacement, half of it: W(-d) = W(d)'),
  minimumPrecision: 'float32',
  yardsticks: ({ noiseMapReal, uvWavelengths, pixelScale }, { N }) =>
    on.pixelYardstick(
      uvWavelengths,
      N - 1,
      N - 1,
      Math.abs(on.radiansPerPixel(pixelScale)),
      on.sumOfWeights(noiseMapReal),
    ),
});
