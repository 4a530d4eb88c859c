/** Constructors for the parameters and results of descriptors. */
import type { DType } from './arrays.js';
import type {
  ArrayParam,
  ArrayResult,
  DerivativeOf,
  Dim,
  Entries,
  PairParam,
  RecordResult,
  ScalarParam,
  ScalarResult,
  ValueRule,
} from './descriptor.js';
import type { NumericClass } from './numericClasses.js';

interface ArrayExtras {
  readonly values?: ValueRule;
  readonly triangle?: 'lower';
  readonly upstream?: readonly string[];
}

export function array<const D extends DType>(
  dtype: D,
  dims: readonly Dim[],
  doc: string,
  extras: ArrayExtras = {},
): ArrayParam<D, false> {
  return { kind: 'array', dtype, dims, doc, values: 'finite', ...extras, optional: false };
}

export function optionalArray<const D extends DType>(
  dtype: D,
  dims: readonly Dim[],
  doc: string,
  extras: ArrayExtras = {},
): ArrayParam<D, true> {
  return { kind: 'array', dtype, dims, doc, values: 'finite', ...extras, optional: true };
}

export function scalar(
  doc: string,
  extras: Pick<ScalarParam, 'upstream' | 'minimum'> = {},
): ScalarParam & { readonly optional: false } {
  return { kind: 'scalar', type: 'real', doc, ...extras, optional: false };
}

export function scalarWithDefault(
  doc: string,
  value: number,
  extras: Pick<ScalarParam, 'upstream' | 'minimum'> = {},
): ScalarParam & { readonly optional: true } {
  return { kind: 'scalar', type: 'real', doc, default: value, ...extras, optional: true };
}

/** An integer that sets a symbol, such as `pixels` for S. */
export function size(
  binds: string,
  doc: string,
  extras: Pick<ScalarParam, 'upstream' | 'minimum'> = {},
): ScalarParam & { readonly optional: false } {
  return { kind: 'scalar', type: 'size', binds, doc, minimum: 0, ...extras, optional: false };
}

export function sizeWithDefault(
  binds: string,
  doc: string,
  value: Dim,
  extras: Pick<ScalarParam, 'upstream' | 'minimum'> = {},
): ScalarParam & { readonly optional: true } {
  return { kind: 'scalar', type: 'size', binds, doc, default: value, minimum: 0, ...extras, optional: true };
}

/** A shape (rows, columns) that sets two symbols. */
export function shape(
  binds: readonly [string, string],
  doc: string,
  extras: Pick<PairParam, 'upstream'> = {},
): PairParam & { readonly optional: false } {
  return { kind: 'pair', type: 'size', binds, doc, ...extras, optional: false };
}

export function pair(
  doc: string,
  extras: Pick<PairParam, 'upstream' | 'above'> = {},
): PairParam & { readonly optional: false } {
  return { kind: 'pair', type: 'real', doc, ...extras, optional: false };
}

export function pairWithDefault(
  doc: string,
  value: readonly [number, number],
  extras: Pick<PairParam, 'upstream' | 'above'> = {},
): PairParam & { readonly optional: true } {
  return { kind: 'pair', type: 'real', doc, default: value, ...extras, optional: true };
}

export function arrayResult<const D extends DType>(
  dtype: D,
  dims: readonly Dim[],
  numericClass: NumericClass,
  doc: string,
): ArrayResult<D> {
  return { kind: 'array', dtype, dims, numericClass, doc };
}

/** An array result that holds derivatives. */
export function derivatives(
  dims: readonly Dim[],
  derivativeOf: DerivativeOf,
  doc: string,
  numericClass: NumericClass = 'derivative',
): ArrayResult<'real'> {
  return { kind: 'array', dtype: 'real', dims, numericClass, doc, derivativeOf };
}

export function scalarResult(numericClass: NumericClass, doc: string): ScalarResult {
  return { kind: 'scalar', numericClass, doc };
}

export function recordResult<const E extends Entries>(entries: E, doc: string): RecordResult<E> {
  return { kind: 'record', entries, doc };
}
