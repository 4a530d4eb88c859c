import { defineKernel } from '../descriptor.js';
import { evidenceRecord, evidenceRoute, knownErrors, preparedSums } from '../fragments/evidence.js';
import { elementOfCompact, evidenceYardsticks, matrixOfGraph } from '../fragments/evidenceYardsticks.js';
import { nonZeros, paddedRows, sparseMappingOfMesh } from '../fragments/sparseMapping.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import { curvatureViaWCompact, evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';

export const evidenceViaWCompactFrom = defineKernel({
  name: 'evidenceViaWCompactFrom',
  upstream: 'evidence_via_w_compact_from',
  number: 36,
  origin: 'wtilde',
  formula: '-1/2 [chi^2 + s^t H s + logdet(F+H) - logdet(H) + noise normalization], F from wCompact, H of a graph',
  params: {
    wCompact,
    nativeIndexForSlimIndex: nativeIndexInSquare,
    ...preparedSums,
    ...sparseMappingOfMesh,
    ...weightedGraph,
    ...knownErrors,
  },
  returns: evidenceRecord,
  minimumPrecision: 'float64',
  solves: ['unrestricted', 'positive'],
  requires: [evenCompact, paddedRows, ...asWeightedGraph],
  measures: { nonZeros },
  yardsticks: (args) =>
    evidenceYardsticks(args, elementOfCompact(args.wCompact, args.nativeIndexForSlimIndex), matrixOfGraph(args)),
  route: evidenceRoute(curvatureViaWCompact),
});
