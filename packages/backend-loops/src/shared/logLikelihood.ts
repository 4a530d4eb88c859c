import type { KernelRunArgs, RunContext, Sizes } from '@wtilde/core-types';
import {
  chiSquared0,
  constantGraph,
  evidenceTerms,
  factorEvidence,
  noiseNormalization,
  packedLength,
  regularizationOfGraph,
} from '@wtilde/numerics';
import { logDetWeightedGraph } from '../linalg/groundedLaplacian.js';
import { transposeMatmul } from '../linalg/transposeMatmul.js';
import { columnsOfMapping } from '../sparse/sparseColumns.js';

/** The arguments of a log likelihood besides those that describe W. */
export type EvidenceArgs = Omit<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, 'wTilde'>;

/** How F comes about: W prepared from the arguments named in `from`, then F for every mapping. */
export interface CurvatureSource<A, W> {
  readonly from: readonly string[];
  prepare(args: A, sizes: Sizes): W;
  /** Writes F to `out` (S, S). */
  curvature(prepared: W, args: A, sizes: Sizes, out: Float64Array): void;
  flops(sizes: Sizes): number;
}

/** What an evidence needs of the mesh alone. */
function regularizationOf({ coefficient, neighbors, neighborsSizes }: EvidenceArgs, { S }: Sizes) {
  const graph = constantGraph(coefficient, { order: S, neighbors: neighbors.data, sizes: neighborsSizes.data });
  return { form: regularizationOfGraph(graph), logDetRegularizationMatrix: logDetWeightedGraph(graph) };
}

/** What an evidence needs of the visibilities alone. */
function dataTermsOf({ data, noiseMap }: EvidenceArgs) {
  return {
    chiSquared0: chiSquared0(data.data, noiseMap.data),
    noiseNormalization: noiseNormalization(noiseMap.data),
  };
}

/** Memory of one evidence, kept by a bound log likelihood from call to call. */
interface Workspace {
  readonly curvatureMatrix: Float64Array;
  readonly factor: Float64Array;
}

function workspaceFor({ S }: Sizes): Workspace {
  return { curvatureMatrix: new Float64Array(S * S), factor: new Float64Array(packedLength(S)) };
}

/**
 * The fused log likelihood: F and H go straight into one Cholesky factorization. Bound arguments are prepared as far as
 * they go: W for every mapping, logdet H for every mesh, the sums over the visibilities once.
 */
export function logLikelihoodMethods<A, W>(source: CurvatureSource<A, W>) {
  type Args = A & EvidenceArgs;

  /** What does not depend on the mapping, each part on its own so that it can be made once. */
  interface Parts {
    w(args: Args, sizes: Sizes): W;
    regularization(args: Args, sizes: Sizes): ReturnType<typeof regularizationOf>;
    dataTerms(args: Args): ReturnType<typeof dataTermsOf>;
    workspace(sizes: Sizes): Workspace;
  }

  const perCall: Parts = {
    w: (args, sizes) => source.prepare(args, sizes),
    regularization: regularizationOf,
    dataTerms: dataTermsOf,
    workspace: workspaceFor,
  };

  function logLikelihood(parts: Parts, args: Args, sizes: Sizes): number {
    const { M, S } = sizes;
    const { curvatureMatrix, factor } = parts.workspace(sizes);
    source.curvature(parts.w(args, sizes), args, sizes, curvatureMatrix);
    const mapping = columnsOfMapping(M, S, args.pixIndexesForSubSlimIndex.data, args.pixWeightsForSubSlimIndex.data);
    const { form, logDetRegularizationMatrix } = parts.regularization(args, sizes);
    const data = {
      dataVector: transposeMatmul(mapping, args.dirtyImage.data, 1),
      logDetRegularizationMatrix,
      ...parts.dataTerms(args),
    };
    return evidenceTerms(data, factorEvidence(curvatureMatrix, form, factor)).logEvidence;
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
      run: (args: Args, { sizes }: RunContext): number => logLikelihood(perCall, args, sizes),
      bind(args: Args, fixed: ReadonlySet<string>, { sizes: first }: RunContext) {
        const parts = { ...perCall };
        const has = (...names: readonly string[]) => names.every((name) => fixed.has(name));
        if (has(...source.from)) {
          const w = source.prepare(args, first);
          parts.w = () => w;
        }
        if (has('coefficient', 'neighbors', 'neighborsSizes')) {
          const regularization = regularizationOf(args, first);
          parts.regularization = () => regularization;
        }
        if (has('data', 'noiseMap')) {
          const dataTerms = dataTermsOf(args);
          parts.dataTerms = () => dataTerms;
        }
        let workspace = workspaceFor(first);
        parts.workspace = (sizes) => {
          if (workspace.curvatureMatrix.length !== sizes.S ** 2) workspace = workspaceFor(sizes);
          return workspace;
        };
        return { run: (all: Args, { sizes }: RunContext): number => logLikelihood(parts, all, sizes) };
      },
    },
  };
}
