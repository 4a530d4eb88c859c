import { defineKernel } from '../descriptor.js';
import {
  evidenceRecord,
  knownErrors,
  optionalMapping,
  paddedRowsIfAny,
  preparedSums,
  regularizationAsMatrix,
} from '../fragments/evidence.js';
import * as is from '../params.js';

/** The float64 end of every evidence. */
export const evidenceTermsFrom = defineKernel({
  name: 'evidenceTermsFrom',
  upstream: 'evidence_terms_from',
  number: 23,
  origin: 'wtilde',
  formula: 'one Cholesky of F+H: s, chi^2 = chi2_0 - 2 s^t D + s^t F s, s^t H s, log determinants and their sum',
  params: {
    curvatureMatrix: is.array(
      'real',
      ['S', 'S'],
      'the curvature matrix F, symmetric; only the lower triangle is read',
      { triangle: 'lower' },
    ),
    dataVector: is.array('real', ['S'], 'the data vector D'),
    ...regularizationAsMatrix,
    regularizationRowSums: is.optionalArray(
      'real',
      ['S'],
      'the row sums of H where they are known better than from H; default: from H, 1e-8 where rounding hides them',
    ),
    chiSquared0: preparedSums.chiSquared0,
    noiseNormalization: preparedSums.noiseNormalization,
    ...optionalMapping,
    sumOfWeights: is.scalarWithDefault('W without displacement, for the rounding of F in the error bound', 0, {
      minimum: 0,
    }),
    ...knownErrors,
  },
  returns: evidenceRecord,
  minimumPrecision: 'float64',
  solves: ['unrestricted', 'positive'],
  requires: [paddedRowsIfAny],
  yardsticks: ({ curvatureMatrix: F, regularizationMatrix: H, dataVector, ...terms }) => ({
    system: { matrix: { ...F, data: F.data.map((value, at) => value + H.data[at]) }, vector: dataVector },
    terms:
      Math.abs(terms.chiSquared0) + Math.abs(terms.noiseNormalization) + Math.abs(terms.logDetRegularizationMatrix),
  }),
});
