/** What the parent process and that of a backend tell each other. */
import type { DatasetChoice } from './datasets.js';
import type { BackendFacts, Row } from './results.js';

/** Every case of a backend. */
export interface MeasureJob {
  readonly kind: 'measure';
  readonly backend: string;
  readonly datasets: DatasetChoice;
  readonly golden: boolean;
  readonly filter?: string | undefined;
  readonly time: number;
}

/** The sums over visibilities that come chunk by chunk. */
export interface AccumulateJob {
  readonly kind: 'accumulate';
  readonly backend: string;
  readonly visibilities: number;
}

export type Job = MeasureJob | AccumulateJob;

export type Message =
  | { readonly kind: 'case'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly kind: 'measured'; readonly facts: BackendFacts; readonly rows: readonly Row[] }
  /** Without a number where the backend has no accumulator. */
  | { readonly kind: 'accumulated'; readonly peakBytes?: number | undefined }
  | { readonly kind: 'failed'; readonly message: string };

/** A message that ends a process. */
export type Outcome = Exclude<Message, { kind: 'case' | 'failed' }>;
