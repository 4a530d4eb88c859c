import { type CurvatureSource, type EvidencePlace, factorEvidence, fusedEvidence } from '@wtilde/numerics';
import { logDetWeightedGraph } from '../linalg/groundedLaplacian.js';

/** F by an array; nothing here is ever given back. */
const onHost: EvidencePlace<undefined, Float64Array> = {
  scoped: (work) => work(undefined),
  keep: (prepare) => ({ value: prepare(undefined), dispose() {} }),
  matrix: (_room, order, scratch) => scratch.f64(order * order),
  factor: (_room, F, regularization, scratch) => factorEvidence(F, regularization, scratch),
  logDet: logDetWeightedGraph,
};

/** How F of an evidence comes about here. */
export type HostCurvatureSource<A, W> = CurvatureSource<A, W, undefined, Float64Array>;

export const { logLikelihoodMethods, evidenceMethods, evidenceOfMatrixMethods } = fusedEvidence(onHost);
