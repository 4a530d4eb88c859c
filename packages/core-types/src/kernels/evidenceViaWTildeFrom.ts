import { defineKernel } from '../descriptor.js';
import { evidenceRecord, evidenceRoute, knownErrors, preparedSums } from '../fragments/evidence.js';
import { evidenceYardsticks, matrixOfGraph } from '../fragments/evidenceYardsticks.js';
import { nonZeros, paddedRows, sparseMappingOfMesh } from '../fragments/sparseMapping.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import { curvatureViaWTilde, wTilde } from '../fragments/wTables.js';

export const evidenceViaWTildeFrom = defineKernel({
  name: 'evidenceViaWTildeFrom',
  upstream: 'evidence_via_w_tilde_from',
  number: 37,
  origin: 'wtilde',
  formula: 'as evidenceViaWCompactFrom, F from W',
  params: { wTilde, ...preparedSums, ...sparseMappingOfMesh, ...weightedGraph, ...knownErrors },
  returns: evidenceRecord,
  minimumPrecision: 'float64',
  solves: ['unrestricted', 'positive'],
  requires: [paddedRows, ...asWeightedGraph],
  measures: { nonZeros },
  yardsticks: (args) => {
    const { data, shape } = args.wTilde;
    return evidenceYardsticks(args, (i, j) => data[i * shape[1] + j], matrixOfGraph(args));
  },
  route: evidenceRoute(curvatureViaWTilde),
});
