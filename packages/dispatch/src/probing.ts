import { type ArgumentValue, isHandle, type LooseArgs, type LooseResult, type NdArray } from '@wtilde/core-types';
import type { ErrorEstimate, RunRecord } from './records.js';
import type { Work } from './work.js';

/** A step of a route that has run. */
export interface StepRun {
  readonly kernel: string;
  readonly args: LooseArgs;
  readonly result: LooseResult;
  readonly record: RunRecord;
}

/** Runs a kernel on the first float64 backend that has it; undefined where none has. */
export type InFloat64 = (
  name: string,
  args: LooseArgs,
) => Work<{ readonly result: LooseResult; readonly backend: string } | undefined>;

/** Nothing can be promised, for this reason. */
export const unknown = (how: string): ErrorEstimate => ({ error: Number.POSITIVE_INFINITY, how });

type Value = ArgumentValue | LooseResult | undefined;

export function realArray(value: Value): NdArray<'real'> | undefined {
  return isReal(value) ? value : undefined;
}

export function isReal(value: Value): value is NdArray<'real'> {
  return isHostArray(value) && value.dtype === 'real';
}

export function isIndex(value: Value): value is NdArray<'index'> {
  return isHostArray(value) && value.dtype === 'index';
}

function isHostArray(value: Value): value is NdArray {
  return typeof value === 'object' && 'data' in value && !isHandle(value);
}
