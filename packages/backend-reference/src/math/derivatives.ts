import { type KernelResult, type KernelRunArgs, real } from '@wtilde/core-types';
import { evidenceTerms } from './evidence.js';
import { factorInLevels, inverseForm, mirrored, type Sparse } from './factorInLevels.js';
import { logDetWeightedGraph, type WeightedGraph, weightedRegularizationMatrix } from './regularization.js';
import { curvatureMatrix, entriesOf } from './sparseMapping.js';

type OfW = 'wCompact' | 'nativeIndexForSlimIndex';
type Args = Omit<KernelRunArgs<'evidenceDerivativesViaWCompactFrom'>, OfW>;
type ByGraphArgs = KernelRunArgs<'evidenceDerivativesByGraphFrom'>;
type ByMappingArgs = Omit<KernelRunArgs<'evidenceDerivativesByMappingViaWCompactFrom'>, OfW>;
type Form = (x: Sparse, y: Sparse) => number;

/** e^t X e for every edge, and X_ii, with X an inverse: the derivatives of the log determinant of what it inverts. */
function logDetDerivatives(graph: WeightedGraph, inverse: Form) {
  return onGraph(graph, (e) => inverse(e, e));
}

/** d logdet H / dw_ij = e^t H^-1 e, d logdet H / ddiagonal_i = (H^-1)_ii. */
export function graphDerivatives(graph: WeightedGraph) {
  const H = weightedRegularizationMatrix(graph);
  // In levels and differences, as F + H is factored, but without F.
  return logDetDerivatives(graph, inverseForm(factorInLevels(new Float64Array(H.length), H, graph.diagonal.data)));
}

/** No bound of the error is asked for. */
const exactSums = { sumOfWeights: 0, rmsErrorOfW: 0, largestErrorOfW: 0, rmsErrorOfDirtyImage: 0 };

/** The evidence, and its derivatives term by term: of F and D, by the graph, and by the mapping. */
export function evidenceDerivatives(
  args: Args,
  w: (i: number, j: number) => number,
): KernelResult<'evidenceDerivativesViaWCompactFrom'> {
  const { pixels, dirtyImage } = args;
  const entries = entriesOf(args.pixIndexesForSubSlimIndex, args.pixWeightsForSubSlimIndex);
  const D = new Float64Array(pixels);
  for (const { row, column, weight } of entries) D[column] += weight * dirtyImage.data[row];
  const curvature = real(curvatureMatrix(entries, w, pixels), [pixels, pixels]);
  const middle = derivativesByGraph({ ...args, curvatureMatrix: curvature, dataVector: real(D) });
  const { response: _, curvatureRegMatrixInverse: __, ...byGraph } = middle;
  return { ...byGraph, ...derivativesByMapping({ ...args, ...middle }, w) };
}

/** From F and D; see derivativesByGraph of @wtilde/numerics for where the formulas come from. */
export function derivativesByGraph(args: ByGraphArgs): KernelResult<'evidenceDerivativesByGraphFrom'> {
  const { diagonal, neighbors, neighborsSizes, weights } = args;
  const S = diagonal.data.length;
  const F = mirrored(args.curvatureMatrix.data, S);
  const H = weightedRegularizationMatrix(args);
  const { errorBound: _, ...terms } = evidenceTerms({
    curvatureMatrix: F,
    dataVector: args.dataVector.data,
    regularizationMatrix: H,
    regularizationRowSums: diagonal.data,
    logDetRegularizationMatrix: logDetWeightedGraph(args),
    chiSquared0: args.chiSquared0,
    noiseNormalization: args.noiseNormalization,
    ...exactSums,
  });
  const inverse = inverseForm(factorInLevels(F, H, diagonal.data));
  const s = terms.reconstruction.data;

  // H s, by edges, and q = (F + H)^-1 H s.
  const pull = s.map((value, i) => diagonal.data[i] * value);
  const [, slots] = neighbors.shape;
  for (let i = 0; i < S; i++) {
    for (let at = i * slots; at < i * slots + neighborsSizes.data[i]; at++) {
      pull[i] += weights.data[at] * (s[i] - s[neighbors.data[at]]);
    }
  }
  const q = s.map((_other, j) =>
    inverse(
      [[j, 1]],
      Array.from(pull, (value, i) => [i, value]),
    ),
  );
  const X = F.map((_other, at) => {
    const [i, j] = [Math.floor(at / S), at % S];
    // The same to the last bit across the diagonal.
    return inverse([[Math.max(i, j), 1]], [[Math.min(i, j), 1]]);
  });

  const posterior = logDetDerivatives(args, inverse);
  const prior = graphDerivatives(args);
  const of = (values: Float64Array, e: Sparse) => e.reduce((sum, [place, sign]) => sum + sign * values[place], 0);
  const chi = onGraph(args, (e) => 2 * of(q, e) * of(s, e));
  const square = onGraph(args, (e) => of(s, e) ** 2);
  const total = (name: 'byWeights' | 'byDiagonal') => ({
    ...square[name],
    data: square[name].data.map((value, at) => -0.5 * (value + posterior[name].data[at] - prior[name].data[at])),
  });
  return {
    ...terms,
    response: real(q),
    curvatureRegMatrixInverse: real(X, [S, S]),
    logEvidenceByWeights: total('byWeights'),
    logEvidenceByDiagonal: total('byDiagonal'),
    chiSquaredByWeights: chi.byWeights,
    chiSquaredByDiagonal: chi.byDiagonal,
    logDetCurvatureRegMatrixByWeights: posterior.byWeights,
    logDetCurvatureRegMatrixByDiagonal: posterior.byDiagonal,
    logDetRegularizationMatrixByWeights: prior.byWeights,
    logDetRegularizationMatrixByDiagonal: prior.byDiagonal,
  };
}

/** On the listed entries of T, from s, q and X = (F + H)^-1. */
export function derivativesByMapping(
  args: ByMappingArgs,
  w: (i: number, j: number) => number,
): KernelResult<'evidenceDerivativesByMappingViaWCompactFrom'> {
  const { pixels, dirtyImage, pixIndexesForSubSlimIndex: indexes } = args;
  const entries = entriesOf(indexes, args.pixWeightsForSubSlimIndex);
  const [s, q] = [args.reconstruction.data, args.response.data];
  const X = mirrored(args.curvatureRegMatrixInverse.data, pixels);
  /** (W T x)_i */
  const image = (i: number, x: Float64Array) =>
    entries.reduce((sum, { row, column, weight }) => sum + w(i, row) * weight * x[column], 0);
  const residual = dirtyImage.data.map((d, i) => d - image(i, s));
  const responseImage = dirtyImage.data.map((_, i) => image(i, q));

  const [M, B] = indexes.shape;
  const onMapping = (derivative: (i: number, j: number, at: number) => number) => {
    const result = new Float64Array(M * B);
    for (let i = 0; i < M; i++) {
      for (let at = i * B; at < (i + 1) * B && indexes.data[at] >= 0; at++)
        result[at] = derivative(i, indexes.data[at], at);
    }
    return real(result, [M, B]);
  };
  const covariances = onMapping((i, j) => image(i, X.subarray(j * pixels, (j + 1) * pixels)));
  return {
    logEvidenceByMapping: onMapping((i, j, at) => s[j] * residual[i] - covariances.data[at]),
    chiSquaredByMapping: onMapping((i, j) => 2 * (responseImage[i] * s[j] - residual[i] * (s[j] + q[j]))),
    logDetCurvatureRegMatrixByMapping: { ...covariances, data: covariances.data.map((value) => 2 * value) },
  };
}

/** A derivative for e = e_i - e_j of every edge, from both ends, and for e = e_i of every source pixel. */
function onGraph({ neighbors, neighborsSizes }: WeightedGraph, derivative: (e: Sparse) => number) {
  const [S, P] = neighbors.shape;
  const byWeights = new Float64Array(S * P);
  const byDiagonal = new Float64Array(S);
  for (let i = 0; i < S; i++) {
    byDiagonal[i] = derivative([[i, 1]]);
    for (let at = i * P; at < i * P + neighborsSizes.data[i]; at++) {
      byWeights[at] = derivative([
        [i, 1],
        [neighbors.data[at], -1],
      ]);
    }
  }
  return { byWeights: real(byWeights, [S, P]), byDiagonal: real(byDiagonal) };
}
