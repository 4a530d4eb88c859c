import type { KernelResult, KernelRunArgs, NdArray, RunContext, Sizes } from '@wtilde/core-types';
import {
  type EvidenceData,
  evidenceRecord,
  evidenceTerms,
  type FactoredEvidence,
  factorEvidence,
  KeptMemory,
  type KnownErrors,
  knownErrorsOf,
  type MappingRows,
  mappingRowsOf,
  preparedSums,
  type RegularizationSource,
  regularizationSources,
  type Scratch,
  type SumsSource,
  summedVisibilities,
} from '@wtilde/numerics';
import { logDetWeightedGraph } from '../linalg/groundedLaplacian.js';
import { transposeMatmul } from '../linalg/transposeMatmul.js';
import { columnsOfMapping } from '../sparse/sparseColumns.js';

/** How F comes about: W prepared from the arguments named in `from`, then F for every mapping. */
export interface CurvatureSource<A, W> {
  readonly from: readonly string[];
  prepare(args: A, sizes: Sizes): W;
  /** W without displacement. */
  sumOfWeights(args: A, sizes: Sizes): number;
  /** Writes F to `out` (S, S). */
  curvature(prepared: W, args: A, sizes: Sizes, out: Float64Array, scratch: Scratch): void;
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
  w(args: A, sizes: Sizes): W;
  regularization(args: A, sizes: Sizes, scratch: Scratch): R;
  sums(args: A): V;
}

type LogLikelihoodArgs = Omit<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, 'wTilde'>;
type EvidenceArgs = Omit<KernelRunArgs<'evidenceViaWTildeFrom'>, 'wTilde'>;
type EvidenceOfMatrixArgs = Omit<KernelRunArgs<'evidenceViaWCompactOfMatrixFrom'>, 'wCompact'>;
type EvidenceRecord = KernelResult<'evidenceTermsFrom'>;

const regularizations = regularizationSources(logDetWeightedGraph);

/** The log likelihoods of upstream: the log evidence alone, from visibilities and a constant regularization. */
export function logLikelihoodMethods<A, W>(source: CurvatureSource<A, W>) {
  return fused<A & LogLikelihoodArgs, W, number>(
    source,
    regularizations.constant,
    summedVisibilities,
    ({ data, factored }) => evidenceTerms(data, factored).logEvidence,
  );
}

/** The record of an evidence whose regularization is a weighted graph. */
export function evidenceMethods<A, W>(source: CurvatureSource<A, W>) {
  return fused<A & EvidenceArgs, W, EvidenceRecord>(source, regularizations.ofGraph, preparedSums, recordOf);
}

/** The record of an evidence whose regularization is a matrix. */
export function evidenceOfMatrixMethods<A, W>(source: CurvatureSource<A, W>) {
  return fused<A & EvidenceOfMatrixArgs, W, EvidenceRecord>(source, regularizations.ofMatrix, preparedSums, recordOf);
}

function recordOf({ data, factored, scratch, ...made }: Made, args: KnownErrors): EvidenceRecord {
  return evidenceRecord({ ...data, ...made, ...knownErrorsOf(args) }, factored, { scratch });
}

/**
 * The fused evidence: F and H go straight into one Cholesky factorization. Bound arguments are prepared as far as they
 * go: W for every mapping, H and logdet H for every mesh, the sums over the visibilities once. What is bound keeps its
 * memory: F, the factor and all that is needed on the way.
 */
function fused<A extends MappedArgs, W, R>(
  source: CurvatureSource<A, W>,
  regularization: RegularizationSource<A>,
  sums: SumsSource<A>,
  resultOf: (made: Made, args: A) => R,
) {
  type TheseParts = Parts<A, W, ReturnType<typeof regularization.prepare>, ReturnType<typeof sums.prepare>>;

  const perCall: TheseParts = {
    w: (args, sizes) => source.prepare(args, sizes),
    regularization: (args, sizes, scratch) => regularization.prepare(args, sizes, scratch),
    sums: (args) => sums.prepare(args),
  };

  function evaluate(parts: TheseParts, args: A, sizes: Sizes, scratch: Scratch): R {
    const { M, S } = sizes;
    const curvatureMatrix = scratch.f64(S * S);
    source.curvature(parts.w(args, sizes), args, sizes, curvatureMatrix, scratch);
    const mapping = mappingRowsOf(args);
    const columns = columnsOfMapping(
      M,
      S,
      args.pixIndexesForSubSlimIndex.data,
      args.pixWeightsForSubSlimIndex.data,
      undefined,
      scratch,
    );
    const { form, logDetRegularizationMatrix } = parts.regularization(args, sizes, scratch);
    const data = {
      dataVector: transposeMatmul(columns, args.dirtyImage.data, 1, scratch.f64(S)),
      logDetRegularizationMatrix,
      ...parts.sums(args),
    };
    const factored = factorEvidence(curvatureMatrix, form, scratch);
    return resultOf({ data, factored, mapping, sumOfWeights: source.sumOfWeights(args, sizes), scratch }, args);
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
        const has = (names: readonly string[]) => names.every((name) => fixed.has(name));
        if (has(source.from)) {
          const w = source.prepare(args, first);
          parts.w = () => w;
        }
        if (has(regularization.from)) {
          const prepared = regularization.prepare(args, first);
          parts.regularization = () => prepared;
        }
        if (has(sums.from)) {
          const prepared = sums.prepare(args);
          parts.sums = () => prepared;
        }
        const memory = new KeptMemory();
        return { run: (all: A, { sizes }: RunContext): R => evaluate(parts, all, sizes, memory.restart()) };
      },
    },
  };
}
