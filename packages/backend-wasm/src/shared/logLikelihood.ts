import type { KernelRunArgs, RunContext, Sizes } from '@wtilde/core-types';
import { chiSquared0, constantGraph, evidenceTerms, noiseNormalization, regularizationOfGraph } from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { factorEvidence } from '../linalg/factorEvidence.js';
import { logDetWeightedGraph } from '../linalg/groundedLaplacian.js';
import { bound, keep } from './kept.js';

/** The arguments of a log likelihood besides those that describe W. */
export type EvidenceArgs = Omit<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, 'wTilde'>;

/** How F comes about: W prepared from the arguments named in `from`, then F for every mapping. */
export interface CurvatureSource<A, W> {
  readonly from: readonly string[];
  prepare(arena: Arena, args: A, sizes: Sizes): W;
  /** Writes F to `out` (S, S) in the memory. */
  curvature(prepared: W, args: A, sizes: Sizes, out: number): void;
  flops(sizes: Sizes): number;
}

const graphOf = ({ coefficient, neighbors, neighborsSizes }: EvidenceArgs, { S }: Sizes) =>
  constantGraph(coefficient, { order: S, neighbors: neighbors.data, sizes: neighborsSizes.data });

/** What an evidence needs of the visibilities alone. */
function dataTermsOf({ data, noiseMap }: EvidenceArgs) {
  return {
    chiSquared0: chiSquared0(data.data, noiseMap.data),
    noiseNormalization: noiseNormalization(noiseMap.data),
  };
}

/** D = T^t dirtyImage */
function dataVectorOf(args: EvidenceArgs, { M, B, S }: Sizes): Float64Array {
  const indexes = args.pixIndexesForSubSlimIndex.data;
  const weights = args.pixWeightsForSubSlimIndex.data;
  const image = args.dirtyImage.data;
  const vector = new Float64Array(S);
  for (let i = 0; i < M; i++) {
    for (let e = i * B; e < (i + 1) * B && indexes[e] >= 0; e++) vector[indexes[e]] += weights[e] * image[i];
  }
  return vector;
}

/**
 * The fused log likelihood: F stays in the memory and H, which is sparse, goes straight into its packed triangle, then
 * one Cholesky factorization. Bound arguments are prepared as far as they go: W for every mapping, log det H for every
 * mesh, the sums over the visibilities once.
 */
export function logLikelihoodMethods<A, W>(engine: Engine, source: CurvatureSource<A, W>) {
  type Args = A & EvidenceArgs;

  /** What does not depend on the mapping, each part on its own so that it can be made once. */
  interface Parts {
    w(arena: Arena, args: Args, sizes: Sizes): W;
    logDeterminant(args: Args, sizes: Sizes): number;
    dataTerms(args: Args): ReturnType<typeof dataTermsOf>;
  }

  const perCall: Parts = {
    w: (arena, args, sizes) => source.prepare(arena, args, sizes),
    logDeterminant: (args, sizes) => logDetWeightedGraph(engine, graphOf(args, sizes)),
    dataTerms: dataTermsOf,
  };

  function logLikelihood(parts: Parts, args: Args, sizes: Sizes): number {
    const { S } = sizes;
    return engine.scoped((arena) => {
      const curvatureMatrix = arena.f64(S * S);
      engine.scoped((scoped) => source.curvature(parts.w(scoped, args, sizes), args, sizes, curvatureMatrix));
      const regularization = regularizationOfGraph(graphOf(args, sizes));
      const data = {
        dataVector: dataVectorOf(args, sizes),
        logDetRegularizationMatrix: parts.logDeterminant(args, sizes),
        ...parts.dataTerms(args),
      };
      return evidenceTerms(data, factorEvidence(engine, arena, curvatureMatrix, regularization)).logEvidence;
    });
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
        let dispose: (() => void) | undefined;
        if (bound(fixed, ['coefficient', 'neighbors', 'neighborsSizes'])) {
          const logDeterminant = perCall.logDeterminant(args, first);
          parts.logDeterminant = () => logDeterminant;
        }
        if (bound(fixed, ['data', 'noiseMap'])) {
          const dataTerms = dataTermsOf(args);
          parts.dataTerms = () => dataTerms;
        }
        if (bound(fixed, source.from)) {
          const kept = keep(engine, (arena) => source.prepare(arena, args, first));
          parts.w = () => kept.value;
          dispose = kept.dispose;
        }
        return {
          run: (all: Args, { sizes }: RunContext): number => logLikelihood(parts, all, sizes),
          dispose: () => dispose?.(),
        };
      },
    },
  };
}
