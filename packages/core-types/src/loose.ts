/** Arguments and results when the kernel is only known at run time: what generic code passes along. */
import type { Handle, NdArray } from './arrays.js';

export type ArgumentValue = NdArray | Handle | number | readonly [number, number];
export type LooseArgs = Readonly<Record<string, ArgumentValue | undefined>>;

export type ResultLeaf = NdArray | Handle | number;
export type LooseResult = ResultLeaf | { readonly [entry: string]: ResultLeaf };

/** True for a record result, as against an array, a handle or a number. */
export function isRecord(result: LooseResult): result is { readonly [entry: string]: ResultLeaf } {
  return typeof result === 'object' && !('dtype' in result);
}
