import { defineKernel } from '../descriptor.js';
import { noiseMap, visibilities } from '../fragments/visibilities.js';
import * as is from '../params.js';

export const chiSquared0From = defineKernel({
  name: 'chiSquared0From',
  upstream: 'chi_squared_0_from',
  number: 25,
  origin: 'wtilde',
  formula: 'sum_k Re(v_k)^2/Re(n_k)^2 + Im(v_k)^2/Im(n_k)^2',
  params: { data: visibilities, noiseMap },
  returns: is.scalarResult('scalar', 'chi-squared of an empty source'),
  minimumPrecision: 'float64',
});
