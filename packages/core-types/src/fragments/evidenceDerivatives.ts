/** What the kernels of an evidence with its derivatives share: the arrays of a record, and the steps that make it. */
import * as is from '../params.js';
import type { Route, RouteStep } from '../routes.js';
import { curvatureViaWCompact } from './wTables.js';

const mappingDoc = 'by the listed weights of the mapping; 0 where -1 pads';
const edgesDoc = 'by the weight of every edge, the same from both ends; 0 beyond neighborsSizes';
const diagonalDoc = 'by the diagonal of the graph';

/** (M, B) derivatives of an entry of the same record by the mapping. */
const byMapping = (entry: string, what: string) =>
  is.derivatives(['M', 'B'], { entry, by: 'pixWeightsForSubSlimIndex' }, `${what} ${mappingDoc}`);
/** (S, P) by the weights of the graph. */
const byWeights = (entry: string, what: string) =>
  is.derivatives(['S', 'P'], { entry, by: 'weights', edges: true }, `${what} ${edgesDoc}`);
/** (S) by the diagonal of the graph. */
const byDiagonal = (entry: string, what: string) =>
  is.derivatives(['S'], { entry, by: 'diagonal' }, `${what} ${diagonalDoc}`);

/** The evidence, its terms and its source. */
export const differentiableTerms = {
  logEvidence: is.scalarResult('evidence', 'the log evidence'),
  chiSquared: is.scalarResult('evidence', 'chi-squared of the reconstruction'),
  regularizationTerm: is.scalarResult('evidence', 's^t H s'),
  logDetCurvatureRegMatrix: is.scalarResult('evidence', 'logdet(F+H)'),
  logDetRegularizationMatrix: is.scalarResult('evidence', 'logdet H'),
  noiseNormalization: is.scalarResult('evidence', 'the noise normalization, as given'),
  reconstruction: is.arrayResult('real', ['S'], 'derivative', 'the reconstruction s'),
};

/** Derivatives by the graph of the regularization: what F and D, as matrix and vector, are enough for. */
export const derivativesByGraph = {
  logEvidenceByWeights: byWeights('logEvidence', 'd logEvidence'),
  logEvidenceByDiagonal: byDiagonal('logEvidence', 'd logEvidence'),
  chiSquaredByWeights: byWeights('chiSquared', 'd chiSquared'),
  chiSquaredByDiagonal: byDiagonal('chiSquared', 'd chiSquared'),
  logDetCurvatureRegMatrixByWeights: byWeights('logDetCurvatureRegMatrix', 'd logdet(F+H)'),
  logDetCurvatureRegMatrixByDiagonal: byDiagonal(
    'logDetCurvatureRegMatrix',
    'the variances of the source, d logdet(F+H)',
  ),
  logDetRegularizationMatrixByWeights: byWeights('logDetRegularizationMatrix', 'd logdet H'),
  logDetRegularizationMatrixByDiagonal: byDiagonal('logDetRegularizationMatrix', 'd logdet H'),
};

/** The evidence, its terms and all their derivatives. */
export const evidenceWithDerivatives = is.recordResult(
  {
    ...differentiableTerms,
    logEvidenceByMapping: byMapping('logEvidence', 'd logEvidence'),
    chiSquaredByMapping: byMapping('chiSquared', 'd chiSquared'),
    logDetCurvatureRegMatrixByMapping: byMapping('logDetCurvatureRegMatrix', 'd logdet(F+H)'),
    ...derivativesByGraph,
  },
  'the evidence, its terms and their derivatives',
);

const mapping = {
  pixIndexesForSubSlimIndex: 'pixIndexesForSubSlimIndex',
  pixWeightsForSubSlimIndex: 'pixWeightsForSubSlimIndex',
  pixels: 'pixels',
};

const curvatureStep: RouteStep = {
  kernel: curvatureViaWCompact.kernel,
  args: { ...curvatureViaWCompact.args, ...mapping },
  as: 'curvatureMatrix',
};

const middle = [...Object.keys(differentiableTerms), ...Object.keys(derivativesByGraph)];
const ofMapping = ['logEvidenceByMapping', 'chiSquaredByMapping', 'logDetCurvatureRegMatrixByMapping'];
const entriesOf = (step: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, `${step}.${name}`]));

/** F and D, the float64 middle with the one factorization, and the way back through W T. */
export const evidenceDerivativesRoute: Route = {
  steps: [
    curvatureStep,
    {
      kernel: 'sparseMappingMatrixTransposeMatmul',
      args: { matrix: { column: 'dirtyImage' }, ...mapping },
      as: 'column',
    },
    {
      kernel: 'evidenceDerivativesByGraphFrom',
      args: {
        curvatureMatrix: 'curvatureMatrix',
        dataVector: { flat: 'column' },
        neighbors: 'neighbors',
        neighborsSizes: 'neighborsSizes',
        weights: 'weights',
        diagonal: 'diagonal',
        chiSquared0: 'chiSquared0',
        noiseNormalization: 'noiseNormalization',
      },
      as: 'byGraph',
    },
    {
      kernel: 'evidenceDerivativesByMappingViaWCompactFrom',
      args: {
        ...curvatureViaWCompact.args,
        dirtyImage: 'dirtyImage',
        ...mapping,
        reconstruction: 'byGraph.reconstruction',
        response: 'byGraph.response',
        curvatureRegMatrixInverse: 'byGraph.curvatureRegMatrixInverse',
      },
      as: 'byMapping',
    },
  ],
  result: { record: { ...entriesOf('byGraph', middle), ...entriesOf('byMapping', ofMapping) } },
};
