/** The messages between a page and its worker; all of them survive structured cloning. */
import type {
  AccumulatorSpec,
  Appraisals,
  BackendInfo,
  LooseArgs,
  LooseResult,
  Precision,
  PreparedVisibilities,
  SentError,
  Sizes,
  Solve,
  VisibilityChunk,
} from '@wtilde/core-types';

/** Options that can be sent; signal and progress have messages of their own. */
export interface SentOptions {
  readonly method?: string | undefined;
  readonly tolerance?: number | undefined;
  readonly solve?: Solve | undefined;
  readonly check?: 'full' | 'shapes' | undefined;
}

/** What an accumulator has; its spec is known on both sides. */
export type Sums = Omit<PreparedVisibilities, keyof AccumulatorSpec>;

/** What a kernel there is, as far as it can be told. */
export interface SentKernel {
  readonly methods: readonly string[];
  readonly limited: boolean;
}

/** Ids of calls, bound kernels and accumulators are the page's to make, different from those of whoever else shares the port. */
export type Request =
  | { readonly wtilde: 1; readonly type: 'hello' }
  | {
      readonly wtilde: 1;
      readonly type: 'call';
      readonly id: string;
      readonly kernel: string;
      readonly args: LooseArgs;
      readonly options: SentOptions;
      readonly progress: boolean;
    }
  | {
      readonly wtilde: 1;
      readonly type: 'bind';
      readonly bound: string;
      readonly kernel: string;
      readonly fixed: LooseArgs;
    }
  | {
      readonly wtilde: 1;
      readonly type: 'callBound';
      readonly id: string;
      readonly bound: string;
      readonly rest: LooseArgs;
      readonly options: SentOptions;
      readonly progress: boolean;
    }
  | {
      readonly wtilde: 1;
      readonly type: 'callBoundMany';
      readonly id: string;
      readonly bound: string;
      readonly rests: readonly LooseArgs[];
      readonly options: SentOptions;
      readonly progress: boolean;
    }
  | { readonly wtilde: 1; readonly type: 'release'; readonly bound: string }
  | {
      readonly wtilde: 1;
      readonly type: 'appraise';
      readonly id: string;
      readonly kernel: string;
      readonly sizes: Sizes;
      readonly options: SentOptions;
    }
  | {
      readonly wtilde: 1;
      readonly type: 'accumulate';
      readonly accumulator: string;
      readonly spec: AccumulatorSpec;
    }
  | {
      readonly wtilde: 1;
      readonly type: 'add';
      readonly id: string;
      readonly accumulator: string;
      readonly chunk: VisibilityChunk;
    }
  | {
      readonly wtilde: 1;
      readonly type: 'merge';
      readonly id: string;
      readonly accumulator: string;
      readonly other: string;
    }
  | { readonly wtilde: 1; readonly type: 'finish'; readonly id: string; readonly accumulator: string }
  | { readonly wtilde: 1; readonly type: 'forget'; readonly accumulator: string }
  | { readonly wtilde: 1; readonly type: 'abort'; readonly id: string }
  | { readonly wtilde: 1; readonly type: 'dispose' };

export type Reply =
  /** Somebody serves here, and the backend is on its way. */
  | { readonly wtilde: 1; readonly type: 'starting' }
  | {
      readonly wtilde: 1;
      readonly type: 'ready';
      readonly id: string;
      readonly precision: Precision;
      readonly info: BackendInfo;
      readonly kernels: Readonly<Record<string, SentKernel>>;
      readonly accumulates: boolean;
    }
  | { readonly wtilde: 1; readonly type: 'unavailable'; readonly error: SentError }
  | { readonly wtilde: 1; readonly type: 'result'; readonly id: string; readonly result: LooseResult }
  | { readonly wtilde: 1; readonly type: 'results'; readonly id: string; readonly results: readonly LooseResult[] }
  | { readonly wtilde: 1; readonly type: 'appraisals'; readonly id: string; readonly appraisals: Appraisals }
  /** A chunk or another accumulator has been added. */
  | { readonly wtilde: 1; readonly type: 'added'; readonly id: string }
  | { readonly wtilde: 1; readonly type: 'sums'; readonly id: string; readonly sums: Sums }
  | { readonly wtilde: 1; readonly type: 'failure'; readonly id: string; readonly error: SentError }
  | {
      readonly wtilde: 1;
      readonly type: 'progress';
      readonly id: string;
      readonly done: number;
      readonly total: number;
    };
