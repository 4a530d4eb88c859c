import { type KernelResult, real } from '@wtilde/core-types';
import { freshMemory, type Scratch } from '../scratch.js';
import type { MappingArgs } from '../sparseMapping.js';
import { type BoundedEvidence, errorBound, type KnownErrors, type MappingRows } from './errorBound.js';
import { type EvidenceData, evidenceTerms, type FactoredEvidence, type SourceSolver } from './evidenceTerms.js';

/** The record of an evidence as kernels return it, from one factorization. */
export function evidenceRecord(
  evidence: EvidenceData & BoundedEvidence,
  factored: FactoredEvidence,
  { solveSource, scratch = freshMemory }: { readonly solveSource?: SourceSolver; readonly scratch?: Scratch } = {},
): KernelResult<'evidenceTermsFrom'> {
  const terms = evidenceTerms(evidence, factored, solveSource);
  return {
    ...terms,
    errorBound: errorBound(evidence, terms, factored, scratch),
    reconstruction: real(terms.reconstruction),
  };
}

/** The errors among the arguments of a kernel. */
export function knownErrorsOf({ rmsErrorOfW, largestErrorOfW, rmsErrorOfDirtyImage }: KnownErrors): KnownErrors {
  return { rmsErrorOfW, largestErrorOfW, rmsErrorOfDirtyImage };
}

type Rows = Omit<MappingArgs, 'pixels'>;
type OptionalRows = { readonly [N in keyof Rows]?: Rows[N] | undefined };

/** The mapping among the arguments of a kernel, where there is one. */
export function mappingRowsOf(args: Rows): MappingRows;
export function mappingRowsOf(args: OptionalRows): MappingRows | undefined;
export function mappingRowsOf(args: OptionalRows): MappingRows | undefined {
  const { pixIndexesForSubSlimIndex: indexes, pixWeightsForSubSlimIndex: weights } = args;
  if (indexes === undefined || weights === undefined) return undefined;
  return { rowCount: indexes.shape[0], pixIndexes: indexes.data, pixWeights: weights.data };
}
