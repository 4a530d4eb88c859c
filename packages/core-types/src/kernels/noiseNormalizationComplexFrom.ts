import { defineKernel } from '../descriptor.js';
import { logNoiseTerms } from '../fragments/evidence.js';
import { noiseMap } from '../fragments/visibilities.js';
import * as is from '../params.js';

export const noiseNormalizationComplexFrom = defineKernel({
  name: 'noiseNormalizationComplexFrom',
  upstream: 'noise_normalization_complex_from',
  number: 18,
  formula: 'sum_k log(2 pi Re(n_k)^2) + log(2 pi Im(n_k)^2)',
  params: { noiseMap },
  returns: is.scalarResult('scalar', 'the noise normalization'),
  minimumPrecision: 'float64',
  yardsticks: ({ noiseMap }) => ({ terms: logNoiseTerms(noiseMap) }),
});
