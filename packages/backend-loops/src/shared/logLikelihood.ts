import type { KernelRunArgs, RunContext, Sizes } from '@wtilde/core-types';
import { constantRegularizationMatrix, logDetConstantRegularizationMatrix } from '../linalg/constant-regularization.js';
import { evidenceTerms } from '../linalg/evidence-terms.js';
import { chiSquared0, noiseNormalization } from '../linalg/noise-sums.js';
import { columnsOfMapping } from '../linalg/sparse-columns.js';
import { transposeMatmul } from '../linalg/transpose-matmul.js';

/** The arguments of a log likelihood besides those that describe W. */
export type EvidenceArgs = Omit<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, 'wTilde'>;

/** How F comes about: W prepared from the arguments named in `from`, then F for every mapping. */
export interface CurvatureSource<A, W> {
  readonly from: readonly string[];
  prepare(args: A, sizes: Sizes): W;
  curvature(prepared: W, args: A, sizes: Sizes): Float64Array;
  flops(sizes: Sizes): number;
}

/** What an evidence needs of the mesh alone: H and its log determinant. */
function regularizationOf({ coefficient, neighbors, neighborsSizes }: EvidenceArgs, { S }: Sizes) {
  const graph = { order: S, neighbors: neighbors.data, sizes: neighborsSizes.data };
  return {
    regularizationMatrix: constantRegularizationMatrix(coefficient, graph),
    logDetRegularizationMatrix: logDetConstantRegularizationMatrix(coefficient, graph),
  };
}

/** What an evidence needs of the visibilities alone. */
function dataTermsOf({ data, noiseMap }: EvidenceArgs) {
  return {
    chiSquared0: chiSquared0(data.data, noiseMap.data),
    noiseNormalization: noiseNormalization(noiseMap.data),
  };
}

/**
 * The fused log likelihood: F, D and H go straight into one Cholesky factorization. Bound arguments are prepared as far
 * as they go: W for every mapping, H for every mesh, the sums over the visibilities once.
 */
export function logLikelihoodMethods<A, W>(source: CurvatureSource<A, W>) {
  type Regularization = ReturnType<typeof regularizationOf>;
  type DataTerms = ReturnType<typeof dataTermsOf>;

  function logLikelihood(
    args: A & EvidenceArgs,
    sizes: Sizes,
    w: W,
    regularization: Regularization,
    dataTerms: DataTerms,
  ): number {
    const { M, S } = sizes;
    const mapping = columnsOfMapping(M, S, args.pixIndexesForSubSlimIndex.data, args.pixWeightsForSubSlimIndex.data);
    return evidenceTerms({
      order: S,
      curvatureMatrix: source.curvature(w, args, sizes),
      dataVector: transposeMatmul(mapping, args.dirtyImage.data, 1),
      ...regularization,
      ...dataTerms,
    }).logEvidence;
  }

  return {
    fused: {
      cost: (sizes: Sizes) => {
        const { K, M, B, S } = sizes;
        return {
          flops: source.flops(sizes) + S ** 3 / 3 + 6 * S ** 2 + 16 * K,
          bytes: 32 * K + 12 * M * B + 24 * S * S,
        };
      },
      run: (args: A & EvidenceArgs, { sizes }: RunContext): number =>
        logLikelihood(args, sizes, source.prepare(args, sizes), regularizationOf(args, sizes), dataTermsOf(args)),
      bind(args: A & EvidenceArgs, fixed: ReadonlySet<string>, { sizes }: RunContext) {
        const has = (names: readonly string[]) => names.every((name) => fixed.has(name));
        const w = has(source.from) ? { prepared: source.prepare(args, sizes) } : undefined;
        const regularization = has(['coefficient', 'neighbors', 'neighborsSizes'])
          ? regularizationOf(args, sizes)
          : undefined;
        const dataTerms = has(['data', 'noiseMap']) ? dataTermsOf(args) : undefined;
        return {
          run: (all: A & EvidenceArgs, context: RunContext): number =>
            logLikelihood(
              all,
              context.sizes,
              w === undefined ? source.prepare(all, context.sizes) : w.prepared,
              regularization ?? regularizationOf(all, context.sizes),
              dataTerms ?? dataTermsOf(all),
            ),
        };
      },
    },
  };
}
