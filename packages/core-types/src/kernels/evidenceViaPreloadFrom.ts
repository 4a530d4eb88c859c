import { defineKernel } from '../descriptor.js';
import { evidenceRecord, evidenceRoute, knownErrors, preparedSums } from '../fragments/evidence.js';
import { elementOfPreload, evidenceYardsticks, matrixOfGraph } from '../fragments/evidenceYardsticks.js';
import { nonZeros, paddedRows, sparseMappingOfMesh } from '../fragments/sparseMapping.js';
import { asWeightedGraph, weightedGraph } from '../fragments/weightedGraph.js';
import { curvatureViaPreload, evenPreload, nativeIndexInBox, wTildePreload } from '../fragments/wTables.js';

export const evidenceViaPreloadFrom = defineKernel({
  name: 'evidenceViaPreloadFrom',
  upstream: 'evidence_via_preload_from',
  number: 38,
  origin: 'wtilde',
  formula: 'as evidenceViaWCompactFrom, F from the preload table',
  params: {
    wTildePreload,
    nativeIndexForSlimIndex: nativeIndexInBox,
    ...preparedSums,
    ...sparseMappingOfMesh,
    ...weightedGraph,
    ...knownErrors,
  },
  returns: evidenceRecord,
  minimumPrecision: 'float64',
  solves: ['unrestricted', 'positive'],
  requires: [evenPreload('wTildePreload'), paddedRows, ...asWeightedGraph],
  measures: { nonZeros },
  yardsticks: (args) =>
    evidenceYardsticks(args, elementOfPreload(args.wTildePreload, args.nativeIndexForSlimIndex), matrixOfGraph(args)),
  route: evidenceRoute(curvatureViaPreload),
});
