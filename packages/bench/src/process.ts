/** What the parent process and that of a backend tell each other. */
import type { DatasetChoice } from './datasets.js';
import type { BackendFacts, Row } from './results.js';

export interface Job {
  readonly backend: string;
  readonly datasets: DatasetChoice;
  readonly golden: boolean;
  readonly filter?: string | undefined;
  readonly time: number;
}

export type Message =
  | { readonly kind: 'case'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly facts: BackendFacts; readonly rows: readonly Row[] }
  | { readonly kind: 'failed'; readonly message: string };
