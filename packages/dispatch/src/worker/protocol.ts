/** The messages between a page and its worker; all of them survive structured cloning. */
import type { BackendInfo, LooseArgs, LooseResult, Precision } from '@wtilde/core-types';
import type { SentError } from './sentError.js';

/** Options that can be sent; signal and progress have messages of their own. */
export interface SentOptions {
  readonly method?: string | undefined;
  readonly tolerance?: number | undefined;
  readonly check?: 'full' | 'shapes' | undefined;
}

/** Ids of calls and bound kernels are the page's to make, different from those of whoever else shares the port. */
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
  | { readonly wtilde: 1; readonly type: 'release'; readonly bound: string }
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
      readonly kernels: Readonly<Record<string, readonly string[]>>;
    }
  | { readonly wtilde: 1; readonly type: 'unavailable'; readonly error: SentError }
  | { readonly wtilde: 1; readonly type: 'result'; readonly id: string; readonly result: LooseResult }
  | { readonly wtilde: 1; readonly type: 'failure'; readonly id: string; readonly error: SentError }
  | {
      readonly wtilde: 1;
      readonly type: 'progress';
      readonly id: string;
      readonly done: number;
      readonly total: number;
    };
