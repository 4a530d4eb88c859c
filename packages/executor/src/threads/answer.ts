/** What goes between a pool and its threads. */
import type { Facts } from '../work/failure.js';

/** What a thread is started with. */
export interface Started {
  /** The address of the module of the task. */
  readonly module: string;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

export type Answer =
  | { readonly result: Uint8Array; readonly facts?: undefined }
  | { readonly result?: undefined; readonly facts: Facts };
