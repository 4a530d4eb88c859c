import { defineKernel } from '../descriptor.js';
import { preparedSums } from '../fragments/evidence.js';
import { derivativesByGraph, differentiableTerms } from '../fragments/evidenceDerivatives.js';
import { matrixOfGraph } from '../fragments/evidenceYardsticks.js';
import { logDetTerms } from '../fragments/logDetTerms.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import * as is from '../params.js';

/** The float64 middle of an evidence with its derivatives: all that needs the one factorization of F + H. */
export const evidenceDerivativesByGraphFrom = defineKernel({
  name: 'evidenceDerivativesByGraphFrom',
  upstream: 'evidence_derivatives_by_graph_from',
  number: 44,
  origin: 'wtilde',
  formula:
    'one Cholesky of F+H, H of the graph: the evidence, s, q = (F+H)^-1 H s, (F+H)^-1, and ' +
    'd logEvidence / dw_ij = -1/2 [(s_i - s_j)^2 + e^t (F+H)^-1 e - e^t H^-1 e] with e = e_i - e_j',
  params: {
    curvatureMatrix: is.array(
      'real',
      ['S', 'S'],
      'the curvature matrix F, symmetric; only the lower triangle is read',
      { triangle: 'lower' },
    ),
    dataVector: is.array('real', ['S'], 'the data vector D'),
    ...weightedGraph,
    chiSquared0: preparedSums.chiSquared0,
    noiseNormalization: preparedSums.noiseNormalization,
  },
  returns: is.recordResult(
    {
      ...differentiableTerms,
      response: is.arrayResult(
        'real',
        ['S'],
        'derivative',
        'q = (F+H)^-1 H s: where s moves when the regularization lets go',
      ),
      curvatureRegMatrixInverse: is.arrayResult('real', ['S', 'S'], 'inverse', 'the inverse of F + H'),
      ...derivativesByGraph,
    },
    'the evidence, its source, and what its derivatives are made of',
  ),
  minimumPrecision: 'float64',
  requires: [...asWeightedGraph],
  yardsticks(args, sizes) {
    const H = matrixOfGraph(args);
    return {
      inverted: { ...args.curvatureMatrix, data: args.curvatureMatrix.data.map((value, at) => value + H[at]) },
      terms: Math.abs(args.chiSquared0) + Math.abs(args.noiseNormalization) + logDetTerms(args, sizes),
    };
  },
});
