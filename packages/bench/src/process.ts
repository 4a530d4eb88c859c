/** What the parent process and that of a backend tell each other. */
import type { DatasetChoice } from './datasets.js';
import type { BackendFacts, Row } from './results.js';
import type { FitTimes } from './science/fit.js';
import type { KernelTime } from './science/kernels.js';
import type { FitProblem } from './science/problems.js';

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
  /** Pixels of a side of the image; 60 where left out. */
  readonly side?: number;
  /** 0, or left out: as many as the backend takes. */
  readonly threads?: number;
}

/** Evidences as a fit asks for them. */
export interface FitJob {
  readonly kind: 'fit';
  readonly backend: string;
  readonly problem: FitProblem;
}

/** Kernels at the sizes of science. */
export interface KernelsJob {
  readonly kind: 'kernels';
  readonly backend: string;
  readonly threads: number;
  readonly which: 'all' | 'small';
}

export type Job = MeasureJob | AccumulateJob | FitJob | KernelsJob;

export type Message =
  | { readonly kind: 'case'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly kind: 'measured'; readonly facts: BackendFacts; readonly rows: readonly Row[] }
  /** Without a number where the backend has no accumulator. */
  | { readonly kind: 'accumulated'; readonly ms: number; readonly peakBytes?: number | undefined }
  | { readonly kind: 'fitted'; readonly times: FitTimes; readonly peakBytes: number }
  | { readonly kind: 'timed'; readonly kernels: readonly KernelTime[] }
  | { readonly kind: 'failed'; readonly message: string };

/** A message that ends a process. */
export type Outcome = Exclude<Message, { kind: 'case' | 'failed' }>;
