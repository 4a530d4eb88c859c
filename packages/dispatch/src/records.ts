import type { Backend, Precision } from '@wtilde/core-types';
import type { DerivativeErrors } from '@wtilde/numerics';
import type { Skipped } from './events.js';

/** What ran a kernel. */
export type RunRecord = WholeRecord | ComposedRecord;

/** One backend ran it whole. */
export interface WholeRecord {
  readonly kernel: string;
  readonly ran: 'whole';
  readonly backend: string;
  readonly precision: Precision;
  /** The vector instructions that computed, where the last digits depend on them. */
  readonly simd?: string;
  /** The method of the kernel, where it can be told from here. */
  readonly method?: string;
  readonly why: string;
  /** Milliseconds that it took; none where a bound kernel had kept the result. */
  readonly ms: number;
  /** The candidates that came before, each with the reason why it was not taken. */
  readonly skipped: readonly Skipped[];
}

/** It ran along its route. */
export interface ComposedRecord {
  readonly kernel: string;
  readonly ran: 'composed';
  readonly why: string;
  readonly skipped: readonly Skipped[];
  /** Milliseconds that all of them took, without the estimate of the error. */
  readonly ms: number;
  readonly steps: readonly RunRecord[];
  /** How far the result may be from the float64 one. Only where steps ran in float32 below a float64 kernel. */
  readonly errorEstimate?: ErrorEstimate;
}

/** An estimate that the true error stays within in about 99 of 100 cases; infinite where nothing can be promised. */
export interface ErrorEstimate {
  /** In the unit of the result. */
  readonly error: number;
  /** How it was found. */
  readonly how: string;
  /** Of an evidence with derivatives: samples of the error of those, for whatever is linear in them. */
  readonly derivatives?: DerivativeErrors;
}

export interface Recorded<R> {
  readonly result: R;
  readonly record: RunRecord;
}

/** What a record tells of the backend itself. */
export function factsOf({
  id,
  precision,
  info: { simd },
}: Backend): Pick<WholeRecord, 'backend' | 'precision' | 'simd'> {
  return { backend: id, precision, ...(simd === undefined ? {} : { simd }) };
}
