/** What goes between the command line and its workers: plain data. */

import type { NdArray, SentError } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import type { Evaluation, ModelOptions } from '@wtilde/fit';

/** What a worker is started with. */
export interface Setup {
  /** Of `preparedFields`. */
  readonly prepared: Fields;
  /** Of further datasets with sources of their own, where points are to be evaluated. */
  readonly others?: readonly Fields[] | undefined;
  /** What the model with priors follows, where it follows an image. */
  readonly adaptImage?: NdArray<'real'> | undefined;
  readonly backend: string | undefined;
  /** A model with priors, where points are to be evaluated. */
  readonly model?: ModelSetup | undefined;
}

/** A model with priors as JSON; its adapt image goes beside, as an array. */
export interface ModelSetup {
  readonly json: unknown;
  readonly options: Omit<ModelOptions, 'adaptImage'>;
}

/** An evidence to be made. */
export type Job =
  | { readonly kind: 'point'; readonly values: Float64Array; readonly gradient: boolean; readonly ease: number }
  | ({ readonly kind: 'line'; readonly text: string } & LineOptions);

/** How every line is evaluated. */
export interface LineOptions {
  readonly mesh: string;
  readonly regularization: string;
  readonly gradient: boolean;
  readonly positive: boolean;
}

/** A line of JSON for a line of JSON. */
export type LineResult =
  | { readonly logEvidence: number; readonly gradient?: Readonly<Record<string, number>> }
  | { readonly error: string };

/** Evaluates models that are lines of JSON, many at a time. */
export interface LineEvaluator {
  /** How many lines it wants to have at once, so that none of its workers waits. */
  readonly most: number;
  evaluate(text: string): Promise<LineResult>;
  close(): Promise<void>;
}

export type Result =
  | { readonly kind: 'point'; readonly evaluation: Evaluation }
  | { readonly kind: 'line'; readonly line: LineResult };

export type Message =
  | { readonly type: 'ready' }
  | { readonly type: 'result'; readonly result: Result }
  | { readonly type: 'error'; readonly error: SentError };
