import type { ErrorCode, Precision, WtildeError } from '@wtilde/core-types';

/** A backend that was considered and not taken. */
export interface Skipped {
  readonly backend: string;
  readonly code: ErrorCode;
  readonly why: string;
}

interface EventBase {
  readonly kernel: string;
  /** The composite whose step this is. */
  readonly stepOf?: string;
}

interface Taken extends EventBase {
  readonly backend: string;
  readonly precision: Precision;
  /** The vector instructions that compute, where the last digits depend on them. */
  readonly simd?: string;
  /** The method of the kernel, where it can be told from here. */
  readonly method?: string;
  readonly why: string;
}

/** The first candidate runs the kernel. */
export interface ChosenEvent extends Taken {
  readonly type: 'chosen';
}

/** A later candidate runs the kernel. */
export interface FellBackEvent extends Taken {
  readonly type: 'fell-back';
  readonly from: string;
  /** The candidates before it, each with the reason. */
  readonly skipped: readonly Skipped[];
}

/** Nothing runs the kernel; the call ends in `error`. */
export interface RefusedEvent extends EventBase {
  readonly type: 'refused';
  readonly skipped: readonly Skipped[];
  readonly error: WtildeError;
}

/** A composite is run along its route; its steps follow, each with events of its own. */
export interface ComposedEvent extends EventBase {
  readonly type: 'composed';
  readonly why: string;
  readonly skipped: readonly Skipped[];
  readonly steps: readonly { readonly kernel: string; readonly backend: string }[];
}

export type DispatchEvent = ChosenEvent | FellBackEvent | RefusedEvent | ComposedEvent;

/** An event in one line of plain text. */
export function describeEvent(event: DispatchEvent): string {
  const name = event.stepOf === undefined ? event.kernel : `${event.kernel} (step of ${event.stepOf})`;
  if (event.type === 'refused') return `${name}: refused; ${event.error.message}`;
  if (event.type === 'composed') {
    return `${name}: composed of ${event.steps.length} steps on ${distinct(event.steps.map(({ backend }) => backend))}; ${event.why}`;
  }
  const method = event.method === undefined ? '' : `, method ${event.method}`;
  const how = event.type === 'chosen' ? `runs on ${event.backend}` : `fell back from ${event.from} to ${event.backend}`;
  return `${name}: ${how} (${event.precision}${method}); ${event.why}`;
}

function distinct(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}
