/** What goes between a pool and its threads. */
import type { SentFacts } from '@wtilde/core-types';

/** What a thread is started with. */
export interface Started {
  /** The address of the module of the task. */
  readonly module: string;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

export type Answer =
  | { readonly result: Uint8Array; readonly facts?: undefined }
  | { readonly result?: undefined; readonly facts: SentFacts };
