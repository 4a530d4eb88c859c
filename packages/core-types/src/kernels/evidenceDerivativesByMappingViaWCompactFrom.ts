import type { NdArray } from '../arrays.js';
import { defineKernel } from '../descriptor.js';
import { nonZeros, paddedRows, sparseMapping } from '../fragments/sparseMapping.js';
import { evenCompact, nativeIndexInSquare, wCompact } from '../fragments/wTables.js';
import * as is from '../params.js';

const byMapping = (what: string) =>
  is.arrayResult('real', ['M', 'B'], 'transform', `${what} by the listed weights of the mapping; 0 where -1 pads`);

interface Args {
  readonly wCompact: NdArray<'real'>;
  readonly dirtyImage: NdArray<'real'>;
  readonly pixIndexesForSubSlimIndex: NdArray<'index'>;
  readonly pixWeightsForSubSlimIndex: NdArray<'real'>;
  readonly reconstruction: NdArray<'real'>;
  readonly response: NdArray<'real'>;
  readonly curvatureRegMatrixInverse: NdArray<'real'>;
}

/** The end of an evidence with its derivatives: W T by what its factorization gave, on the entries of T alone. */
export const evidenceDerivativesByMappingViaWCompactFrom = defineKernel({
  name: 'evidenceDerivativesByMappingViaWCompactFrom',
  upstream: 'evidence_derivatives_by_mapping_via_w_compact_from',
  number: 45,
  origin: 'wtilde',
  formula:
    'd logEvidence / dT_ij = s_j (d - W T s)_i - (W T X)_ij, d chi^2 / dT_ij = 2 [(W T q)_i s_j - (d - W T s)_i (s_j + q_j)], ' +
    'd logdet(F+H) / dT_ij = 2 (W T X)_ij with X = (F+H)^-1, on the listed entries of T',
  params: {
    wCompact,
    nativeIndexForSlimIndex: nativeIndexInSquare,
    dirtyImage: is.array('real', ['M'], 'the dirty image d'),
    ...sparseMapping,
    reconstruction: is.array('real', ['S'], 'the reconstruction s'),
    response: is.array('real', ['S'], 'q = (F+H)^-1 H s'),
    curvatureRegMatrixInverse: is.array(
      'real',
      ['S', 'S'],
      'the inverse of F + H, symmetric; only the lower triangle is read',
      { triangle: 'lower' },
    ),
  },
  returns: is.recordResult(
    {
      logEvidenceByMapping: byMapping('d logEvidence'),
      chiSquaredByMapping: byMapping('d chiSquared'),
      logDetCurvatureRegMatrixByMapping: byMapping('d logdet(F+H)'),
    },
    'the derivatives of an evidence by the mapping',
  ),
  minimumPrecision: 'float32',
  requires: [evenCompact, paddedRows],
  measures: { nonZeros },
  yardsticks: (args) => ({ transform: { strength: absoluteTerms(args), maxPhase: 0 } }),
});

/** What no sum of absolute terms exceeds: W by entries of T by s, q and the columns of X. */
function absoluteTerms({ wCompact: W, dirtyImage: d, reconstruction: s, response: q, ...args }: Args): number {
  const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = args;
  const { data: X } = args.curvatureRegMatrixInverse;
  const S = s.data.length;
  const inT = new Float64Array(S);
  indexes.data.forEach((column, at) => {
    if (column >= 0) inT[column] += Math.abs(weights.data[at]);
  });
  const imageOf = (element: (t: number) => number) =>
    largest(W.data) * inT.reduce((sum, weight, t) => sum + weight * Math.abs(element(t)), 0);
  const column = (j: number) => imageOf((t) => X[t > j ? t * S + j : j * S + t]);
  const covariance = s.data.reduce((most, _, j) => Math.max(most, column(j)), 0);
  const residual = largest(d.data) + imageOf((t) => s.data[t]);
  const [sMost, qMost] = [largest(s.data), largest(q.data)];
  return covariance + (sMost + qMost) * residual + sMost * imageOf((t) => q.data[t]);
}

function largest(data: Float64Array): number {
  return data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
