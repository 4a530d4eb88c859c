import { defineKernel } from '../descriptor.js';
import { logDetTerms } from '../fragments/logDetTerms.js';
import { nonZeros, paddedRows, sparseMappingOfMesh } from '../fragments/sparseMapping.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import { evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';
import * as is from '../params.js';

const mappingDoc = 'by the listed weights of the mapping; 0 where -1 pads';
const edgesDoc = 'by the weight of every edge, the same from both ends; 0 beyond neighborsSizes';
const diagonalDoc = 'by the diagonal of the graph';

const byMapping = (entry: string, what: string) =>
  is.derivatives(['M', 'B'], { entry, by: 'pixWeightsForSubSlimIndex' }, `${what} ${mappingDoc}`);
const byWeights = (entry: string, what: string) =>
  is.derivatives(['S', 'P'], { entry, by: 'weights', edges: true }, `${what} ${edgesDoc}`);
const byDiagonal = (entry: string, what: string) =>
  is.derivatives(['S'], { entry, by: 'diagonal' }, `${what} ${diagonalDoc}`);

/**
 * An evidence and its derivatives, from one factorization. Those of `regularizationTerm` follow from the others:
 * logEvidence = -1/2 [chiSquared + regularizationTerm + logDetCurvatureRegMatrix - logDetRegularizationMatrix + ...].
 */
export const evidenceDerivativesViaWCompactFrom = defineKernel({
  name: 'evidenceDerivativesViaWCompactFrom',
  upstream: 'evidence_derivatives_via_w_compact_from',
  number: 43,
  origin: 'wtilde',
  formula:
    'the evidence of F = T^t W T, D = T^t d and H of the graph, and d logEvidence / dT_ij = s_j (d - W T s)_i - ' +
    '(W T (F+H)^-1)_ij, d logEvidence / dw_ij = -1/2 [(s_i - s_j)^2 + e^t (F+H)^-1 e - e^t H^-1 e] with e = e_i - e_j',
  params: {
    wCompact,
    nativeIndexForSlimIndex: nativeIndexInSquare,
    dirtyImage: is.array('real', ['M'], 'the dirty image d'),
    ...sparseMappingOfMesh,
    ...weightedGraph,
    chiSquared0: is.scalar('chi-squared of an empty source'),
    noiseNormalization: is.scalar('the noise normalization'),
  },
  returns: is.recordResult(
    {
      logEvidence: is.scalarResult('evidence', 'the log evidence'),
      chiSquared: is.scalarResult('evidence', 'chi-squared of the reconstruction'),
      regularizationTerm: is.scalarResult('evidence', 's^t H s'),
      logDetCurvatureRegMatrix: is.scalarResult('evidence', 'logdet(F+H)'),
      logDetRegularizationMatrix: is.scalarResult('evidence', 'logdet H'),
      noiseNormalization: is.scalarResult('evidence', 'the noise normalization, as given'),
      reconstruction: is.arrayResult('real', ['S'], 'derivative', 'the reconstruction s'),
      logEvidenceByMapping: byMapping('logEvidence', 'd logEvidence'),
      logEvidenceByWeights: byWeights('logEvidence', 'd logEvidence'),
      logEvidenceByDiagonal: byDiagonal('logEvidence', 'd logEvidence'),
      chiSquaredByMapping: byMapping('chiSquared', 'd chiSquared'),
      chiSquaredByWeights: byWeights('chiSquared', 'd chiSquared'),
      chiSquaredByDiagonal: byDiagonal('chiSquared', 'd chiSquared'),
      logDetCurvatureRegMatrixByMapping: byMapping('logDetCurvatureRegMatrix', 'd logdet(F+H)'),
      logDetCurvatureRegMatrixByWeights: byWeights('logDetCurvatureRegMatrix', 'd logdet(F+H)'),
      logDetCurvatureRegMatrixByDiagonal: byDiagonal(
        'logDetCurvatureRegMatrix',
        'the variances of the source, d logdet(F+H)',
      ),
      logDetRegularizationMatrixByWeights: byWeights('logDetRegularizationMatrix', 'd logdet H'),
      logDetRegularizationMatrixByDiagonal: byDiagonal('logDetRegularizationMatrix', 'd logdet H'),
    },
    'the evidence, its terms and their derivatives',
  ),
  minimumPrecision: 'float64',
  requires: [evenCompact, paddedRows, ...asWeightedGraph],
  measures: { nonZeros },
  yardsticks: (args, sizes) => ({
    terms: Math.abs(args.chiSquared0) + Math.abs(args.noiseNormalization) + logDetTerms(args, sizes),
  }),
});
