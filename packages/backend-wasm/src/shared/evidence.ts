import type { KernelResult, KernelRunArgs, NdArray, RunContext, Sizes } from '@wtilde/core-types';
import {
  addMapped,
  type EvidenceData,
  evidenceRecord,
  evidenceTerms,
  type FactoredEvidence,
  KeptMemory,
  type KnownErrors,
  knownErrorsOf,
  type MappingRows,
  mappingRowsOf,
  preparedSums,
  type RegularizationSource,
  type RegularizationSources,
  regularizationSources,
  type Scratch,
  type SumsSource,
  summedVisibilities,
} from '@wtilde/numerics';
import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';
import { factorEvidence } from '../linalg/factorEvidence.js';
import { logDetWeightedGraph } from '../linalg/groundedLaplacian.js';
import { bound, keep } from './kept.js';

/** How F comes about: W prepared from the arguments named in `from`, then F for every mapping. */
export interface CurvatureSource<A, W> {
  readonly from: readonly string[];
  prepare(arena: Arena, args: A, sizes: Sizes): W;
  /** W without displacement. */
  sumOfWeights(args: A, sizes: Sizes): number;
  /** Writes F to `out` (S, S) in the memory. */
  curvature(prepared: W, args: A, sizes: Sizes, out: number, scratch: Scratch): void;
  flops(sizes: Sizes): number;
}

interface MappedArgs {
  readonly dirtyImage: NdArray<'real'>;
  readonly pixIndexesForSubSlimIndex: NdArray<'index'>;
  readonly pixWeightsForSubSlimIndex: NdArray<'real'>;
}

/** All that an evidence is made of, and F + H factored. */
interface Made {
  readonly data: EvidenceData;
  readonly factored: FactoredEvidence;
  readonly mapping: MappingRows;
  readonly sumOfWeights: number;
  readonly scratch: Scratch;
}

/** What does not depend on the mapping, each part on its own so that it can be made once. */
interface Parts<A, W, R, V> {
  w(arena: Arena, args: A, sizes: Sizes): W;
  regularization(args: A, sizes: Sizes, scratch: Scratch): R;
  sums(args: A): V;
}

type LogLikelihoodArgs = Omit<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, 'wTilde'>;
type EvidenceArgs = Omit<KernelRunArgs<'evidenceViaWTildeFrom'>, 'wTilde'>;
type EvidenceOfMatrixArgs = Omit<KernelRunArgs<'evidenceViaWCompactOfMatrixFrom'>, 'wCompact'>;
type EvidenceRecord = KernelResult<'evidenceTermsFrom'>;

const regularizationsOn = (engine: Engine): RegularizationSources =>
  regularizationSources((graph, scratch) => logDetWeightedGraph(engine, graph, scratch));

/** The log likelihoods of upstream: the log evidence alone, from visibilities and a constant regularization. */
export function logLikelihoodMethods<A, W>(engine: Engine, source: CurvatureSource<A, W>) {
  return fused<A & LogLikelihoodArgs, W, number>(
    engine,
    source,
    regularizationsOn(engine).constant,
    summedVisibilities,
    ({ data, factored }) => evidenceTerms(data, factored).logEvidence,
  );
}

/** The record of an evidence whose regularization is a weighted graph. */
export function evidenceMethods<A, W>(engine: Engine, source: CurvatureSource<A, W>) {
  return fused<A & EvidenceArgs, W, EvidenceRecord>(
    engine,
    source,
    regularizationsOn(engine).ofGraph,
    preparedSums,
    recordOf,
  );
}

/** The record of an evidence whose regularization is a matrix. */
export function evidenceOfMatrixMethods<A, W>(engine: Engine, source: CurvatureSource<A, W>) {
  return fused<A & EvidenceOfMatrixArgs, W, EvidenceRecord>(
    engine,
    source,
    regularizationsOn(engine).ofMatrix,
    preparedSums,
    recordOf,
  );
}

function recordOf({ data, factored, scratch, ...made }: Made, args: KnownErrors): EvidenceRecord {
  return evidenceRecord({ ...data, ...made, ...knownErrorsOf(args) }, factored, { scratch });
}

/**
 * The fused evidence: F stays in the memory and H goes straight into its packed triangle, then one Cholesky
 * factorization. Bound arguments are prepared as far as they go: W for every mapping, H and log det H for every mesh, the
 * sums over the visibilities once. What is bound keeps the memory that is needed on the way.
 */
function fused<A extends MappedArgs, W, R>(
  engine: Engine,
  source: CurvatureSource<A, W>,
  regularization: RegularizationSource<A>,
  sums: SumsSource<A>,
  resultOf: (made: Made, args: A) => R,
) {
  type TheseParts = Parts<A, W, ReturnType<typeof regularization.prepare>, ReturnType<typeof sums.prepare>>;

  const perCall: TheseParts = {
    w: (arena, args, sizes) => source.prepare(arena, args, sizes),
    regularization: (args, sizes, scratch) => regularization.prepare(args, sizes, scratch),
    sums: (args) => sums.prepare(args),
  };

  function evaluate(parts: TheseParts, args: A, sizes: Sizes, scratch: Scratch): R {
    const { S } = sizes;
    return engine.scoped((arena) => {
      const curvatureMatrix = arena.f64(S * S);
      engine.scoped((inner) => source.curvature(parts.w(inner, args, sizes), args, sizes, curvatureMatrix, scratch));
      const { form, logDetRegularizationMatrix } = parts.regularization(args, sizes, scratch);
      const mapping = mappingRowsOf(args);
      const dataVector = addMapped(mapping, args.dirtyImage.data, scratch.f64(S).fill(0));
      const data = { dataVector, logDetRegularizationMatrix, ...parts.sums(args) };
      const factored = factorEvidence(engine, arena, curvatureMatrix, form);
      return resultOf({ data, factored, mapping, sumOfWeights: source.sumOfWeights(args, sizes), scratch }, args);
    });
  }

  return {
    fused: {
      cost: (sizes: Sizes) => {
        const { M, B, S, K = 0 } = sizes;
        return {
          flops: source.flops(sizes) + S ** 3 / 3 + 6 * S ** 2 + 16 * K,
          bytes: 32 * K + 12 * M * B + 24 * S * S,
        };
      },
      run: (args: A, { sizes }: RunContext): R => evaluate(perCall, args, sizes, new KeptMemory()),
      bind(args: A, fixed: ReadonlySet<string>, { sizes: first }: RunContext) {
        const parts = { ...perCall };
        let dispose: (() => void) | undefined;
        if (bound(fixed, regularization.from)) {
          const prepared = regularization.prepare(args, first);
          parts.regularization = () => prepared;
        }
        if (bound(fixed, sums.from)) {
          const prepared = sums.prepare(args);
          parts.sums = () => prepared;
        }
        if (bound(fixed, source.from)) {
          const kept = keep(engine, (arena) => source.prepare(arena, args, first));
          parts.w = () => kept.value;
          dispose = kept.dispose;
        }
        const memory = new KeptMemory();
        return {
          run: (all: A, { sizes }: RunContext): R => evaluate(parts, all, sizes, memory.restart()),
          dispose: () => dispose?.(),
        };
      },
    },
  };
}
