/** The evidence in one piece, on whatever memory a backend works in. */
import type { KernelResult, KernelRunArgs, NdArray, RunContext, Sizes } from '@wtilde/core-types';
import { KeptMemory, type Scratch } from '../scratch.js';
import { addMapped, type KnownErrors, type MappingRows } from './errorBound.js';
import { evidenceRecord, knownErrorsOf, mappingRowsOf } from './evidenceRecord.js';
import { type EvidenceData, evidenceTerms, type FactoredEvidence } from './evidenceTerms.js';
import type { RegularizationForm } from './regularizationForm.js';
import { type RegularizationSource, regularizationSources } from './regularizationSources.js';
import { preparedSums, type SumsSource, summedVisibilities } from './visibilitySums.js';
import type { WeightedGraph } from './weightedGraph.js';

/**
 * Where a backend makes an evidence. `Room` is what it allocates in, such as an arena of its memory, and `Matrix` what it
 * knows a matrix by there.
 */
export interface EvidencePlace<Room, Matrix> {
  /** Calls with room that is given back when it is done. */
  scoped<R>(work: (room: Room) => R): R;
  /** Prepares something that stays until it is disposed of. */
  keep<T>(prepare: (room: Room) => T): { readonly value: T; dispose(): void };
  /** Room for (S, S), with anything in it. */
  matrix(room: Room, order: number, scratch: Scratch): Matrix;
  /** Factors F + H; what it gives is good as long as the room. Throws NumericalFailure. */
  factor(room: Room, F: Matrix, regularization: RegularizationForm, scratch: Scratch): FactoredEvidence;
  /** log det of the matrix of a weighted graph. */
  logDet(graph: WeightedGraph, scratch?: Scratch): number;
}

/** How F comes about: W prepared from the arguments named in `from`, then F for every mapping. */
export interface CurvatureSource<A, W, Room, Matrix> {
  readonly from: readonly string[];
  prepare(room: Room, args: A, sizes: Sizes): W;
  /** W without displacement. */
  sumOfWeights(args: A, sizes: Sizes): number;
  /** Writes F to `out` (S, S). */
  curvature(prepared: W, args: A, sizes: Sizes, out: Matrix, scratch: Scratch): void;
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
interface Parts<A, W, Room, R, V> {
  w(room: Room, args: A, sizes: Sizes): W;
  regularization(args: A, sizes: Sizes, scratch: Scratch): R;
  sums(args: A): V;
}

type LogLikelihoodArgs = Omit<KernelRunArgs<'logLikelihoodFunctionViaWTildeFrom'>, 'wTilde'>;
type EvidenceArgs = Omit<KernelRunArgs<'evidenceViaWTildeFrom'>, 'wTilde'>;
type EvidenceOfMatrixArgs = Omit<KernelRunArgs<'evidenceViaWCompactOfMatrixFrom'>, 'wCompact'>;
type EvidenceRecord = KernelResult<'evidenceTermsFrom'>;

function recordOf({ data, factored, scratch, ...made }: Made, args: KnownErrors): EvidenceRecord {
  return evidenceRecord({ ...data, ...made, ...knownErrorsOf(args) }, factored, { scratch });
}

/** The methods of the kernels of an evidence, from a source of F. */
export function fusedEvidence<Room, Matrix>(place: EvidencePlace<Room, Matrix>) {
  type Source<A, W> = CurvatureSource<A, W, Room, Matrix>;
  const regularizations = regularizationSources(place.logDet);

  return {
    /** The log likelihoods of upstream: the log evidence alone, from visibilities and a constant regularization. */
    logLikelihoodMethods: <A, W>(source: Source<A, W>) =>
      fused<A & LogLikelihoodArgs, W, number>(
        source,
        regularizations.constant,
        summedVisibilities,
        ({ data, factored }) => evidenceTerms(data, factored).logEvidence,
      ),
    /** The record of an evidence whose regularization is a weighted graph. */
    evidenceMethods: <A, W>(source: Source<A, W>) =>
      fused<A & EvidenceArgs, W, EvidenceRecord>(source, regularizations.ofGraph, preparedSums, recordOf),
    /** The record of an evidence whose regularization is a matrix. */
    evidenceOfMatrixMethods: <A, W>(source: Source<A, W>) =>
      fused<A & EvidenceOfMatrixArgs, W, EvidenceRecord>(source, regularizations.ofMatrix, preparedSums, recordOf),
  };

  /**
   * F and H go straight into one Cholesky factorization. Bound arguments are prepared as far as they go: W for every
   * mapping, H and log det H for every mesh, the sums over the visibilities once. What is bound keeps its memory: F, the
   * factor and all that is needed on the way.
   */
  function fused<A extends MappedArgs, W, R>(
    source: Source<A, W>,
    regularization: RegularizationSource<A>,
    sums: SumsSource<A>,
    resultOf: (made: Made, args: A) => R,
  ) {
    type TheseParts = Parts<A, W, Room, ReturnType<typeof regularization.prepare>, ReturnType<typeof sums.prepare>>;

    const perCall: TheseParts = {
      w: (room, args, sizes) => source.prepare(room, args, sizes),
      regularization: (args, sizes, scratch) => regularization.prepare(args, sizes, scratch),
      sums: (args) => sums.prepare(args),
    };

    function evaluate(parts: TheseParts, args: A, sizes: Sizes, scratch: Scratch): R {
      const { S } = sizes;
      return place.scoped((room) => {
        const F = place.matrix(room, S, scratch);
        place.scoped((inner) => source.curvature(parts.w(inner, args, sizes), args, sizes, F, scratch));
        const { form, logDetRegularizationMatrix } = parts.regularization(args, sizes, scratch);
        const mapping = mappingRowsOf(args);
        const dataVector = addMapped(mapping, args.dirtyImage.data, scratch.f64(S).fill(0));
        const data = { dataVector, logDetRegularizationMatrix, ...parts.sums(args) };
        const factored = place.factor(room, F, form, scratch);
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
          const has = (names: readonly string[]) => names.every((name) => fixed.has(name));
          if (has(regularization.from)) {
            const prepared = regularization.prepare(args, first);
            parts.regularization = () => prepared;
          }
          if (has(sums.from)) {
            const prepared = sums.prepare(args);
            parts.sums = () => prepared;
          }
          // Last: what else may fail has not, so that what is kept is always given back.
          const kept = has(source.from) ? place.keep((room) => source.prepare(room, args, first)) : undefined;
          if (kept !== undefined) parts.w = () => kept.value;
          const memory = new KeptMemory();
          return {
            run: (all: A, { sizes }: RunContext): R => evaluate(parts, all, sizes, memory.restart()),
            dispose: () => kept?.dispose(),
          };
        },
      },
    };
  }
}
