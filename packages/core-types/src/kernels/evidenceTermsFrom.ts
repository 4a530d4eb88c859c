import { defineKernel } from '../descriptor.js';
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
    regularizationMatrix: is.array(
      'real',
      ['S', 'S'],
      'the regularization matrix H, symmetric; only the lower triangle is read',
      { triangle: 'lower' },
    ),
    logDetRegularizationMatrix: is.scalar('logdet H'),
    chiSquared0: is.scalar('chi-squared of an empty source'),
    noiseNormalization: is.scalar('the noise normalization'),
  },
  returns: is.recordResult(
    {
      logEvidence: is.scalarResult('evidence', 'the log evidence'),
      chiSquared: is.scalarResult('evidence', 'chi-squared of the reconstruction'),
      regularizationTerm: is.scalarResult('evidence', 's^t H s'),
      logDetCurvatureRegMatrix: is.scalarResult('evidence', 'logdet(F+H)'),
      logDetRegularizationMatrix: is.scalarResult('evidence', 'logdet H, as given'),
      noiseNormalization: is.scalarResult('evidence', 'the noise normalization, as given'),
      reconstruction: is.arrayResult('real', ['S'], 'solve', 'the reconstruction s'),
    },
    'the evidence and its terms',
  ),
  minimumPrecision: 'float64',
  scale: ({ curvatureMatrix: F, regularizationMatrix: H, dataVector, ...terms }) => ({
    system: { matrix: { ...F, data: F.data.map((value, at) => value + H.data[at]) }, vector: dataVector },
    terms:
      Math.abs(terms.chiSquared0) + Math.abs(terms.noiseNormalization) + Math.abs(terms.logDetRegularizationMatrix),
  }),
});
