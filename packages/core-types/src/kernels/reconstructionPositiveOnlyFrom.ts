import { defineKernel } from '../descriptor.js';
import * as is from '../params.js';

export const reconstructionPositiveOnlyFrom = defineKernel({
  name: 'reconstructionPositiveOnlyFrom',
  upstream: 'reconstruction_positive_only_from',
  number: 40,
  origin: 'wtilde',
  formula:
    'the least s^t (F+H) s / 2 - s^t D over s >= 0: s_i > 0 where (D - (F+H) s)_i = 0, s_i = 0 where it is below',
  params: {
    dataVector: is.array('real', ['S'], 'the data vector D'),
    curvatureRegMatrix: is.array('real', ['S', 'S'], 'F + H, positive definite; only the lower triangle is read', {
      triangle: 'lower',
    }),
    zeroedPixels: is.optionalArray('bool', ['S'], 'true for source pixels that are held at 0, as those of a rim are'),
    similarReconstruction: is.optionalArray(
      'real',
      ['S'],
      'a reconstruction of a similar system: its positive pixels are where the search starts. It saves time and changes no bit of the result',
    ),
  },
  returns: is.recordResult(
    {
      reconstruction: is.arrayResult(
        'real',
        ['S'],
        'positiveSolve',
        'the reconstruction s, exactly 0 where not positive',
      ),
      violation: is.scalarResult(
        'violation',
        'the largest violation of s >= 0, w = D - (F+H) s <= 0 and s_i w_i = 0 with a unit diagonal of F+H, relative to max |D_i| + max |s_i|',
      ),
      iterations: is.scalarResult('effort', 'sets of positive pixels that were looked at'),
    },
    'the reconstruction, and what shows that it is the least',
  ),
  minimumPrecision: 'float64',
  yardsticks: ({ dataVector, curvatureRegMatrix, zeroedPixels }) => ({
    system: { matrix: curvatureRegMatrix, vector: dataVector, zeroed: zeroedPixels },
  }),
});
