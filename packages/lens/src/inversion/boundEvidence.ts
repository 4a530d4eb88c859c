/** What an evidence, and its derivatives, are had from once a dataset is fixed. */
import type { AbortSignalLike, KernelResult } from '@wtilde/core-types';
import type { DispatchEvent, Recorded } from '@wtilde/dispatch';
import type { Mapper } from '../mapper/mapper.js';
import type { MappingArgs } from '../mapper/mappingArguments.js';
import type { SourcePrior } from '../regularization/kind.js';
import type { graphArguments } from './regularize.js';

type EvidenceRecord = KernelResult<'evidenceViaWCompactFrom'>;

/** What a call may be asked for. */
interface HowToCall {
  readonly signal?: AbortSignalLike | undefined;
  onEvent(event: DispatchEvent): void;
}

/** The kernels of an evidence with all bound that a dataset gives: what is left is the mapping and the prior. */
export interface EvidenceKernels {
  evidenceOf(mapper: Mapper, prior: SourcePrior, how: HowToCall): Promise<Recorded<EvidenceRecord>>;
  dispose(): void;
}

/** What value and derivatives are made from, once a dataset is fixed. */
type DerivativeArgs = MappingArgs & ReturnType<typeof graphArguments>;

/** The kernel that gives value and derivatives, with what is fixed for a dataset. */
export interface EvidenceDerivativesFrom {
  record(
    args: DerivativeArgs,
    how: { readonly signal?: AbortSignalLike | undefined; readonly onEvent?: (event: DispatchEvent) => void },
  ): Promise<Recorded<KernelResult<'evidenceDerivativesViaWCompactFrom'>>>;
  dispose(): void;
}
