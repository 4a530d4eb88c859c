/** Copies of arguments and results, and comparisons bit by bit. */
import {
  type Arguments,
  type ArgumentValue,
  bool,
  complex,
  type DType,
  evaluate,
  index,
  isHandle,
  isRecord,
  type LooseArgs,
  type LooseResult,
  lanes,
  type NdArray,
  parseDim,
  type ResultLeaf,
  type ResultSpec,
  real,
  type Sizes,
  sizeOf,
} from '@wtilde/core-types';
import { CheckFailed } from '../checkFailed.js';

export function isHostArray(value: unknown): value is NdArray {
  return typeof value === 'object' && value !== null && 'dtype' in value && 'shape' in value && 'data' in value;
}

/** The value as an array of this dtype; fails where it is something else. */
export function arrayWith<D extends DType>(dtype: D, value: unknown): NdArray<D> {
  if (isHostArray(value) && hasDType(value, dtype)) return value;
  throw new CheckFailed(`expected a ${dtype} array on the host`);
}

function hasDType<D extends DType>(array: NdArray, dtype: D): array is NdArray<D> {
  return array.dtype === dtype;
}

/** The same arguments in memory of their own; what is no array on the host is passed on. */
export function copyArgs(args: LooseArgs): LooseArgs {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, copyValue(value)]));
}

export function copyArray(array: NdArray): NdArray {
  return { dtype: array.dtype, shape: [...array.shape], data: array.data.slice() };
}

/** A result in memory of its own. */
export function copyResult(result: LooseResult): LooseResult {
  if (!isRecord(result)) return copyLeaf(result);
  return Object.fromEntries(Object.entries(result).map(([key, leaf]) => [key, copyLeaf(leaf)]));
}

/** The name of the first argument that differs from its copy in a single bit, or undefined. */
export function firstChanged(before: LooseArgs, after: Arguments): string | undefined {
  return Object.keys({ ...before, ...after }).find((name) => !sameBits(before[name], after[name]));
}

/** The same numbers, shapes and dtypes; NaN equals NaN. */
export function sameBits(a: unknown, b: unknown): boolean {
  if (isHostArray(a) && isHostArray(b)) {
    return a.dtype === b.dtype && sameNumbers(a.shape, b.shape) && sameNumbers(a.data, b.data);
  }
  if (Array.isArray(a) && Array.isArray(b)) return sameNumbers(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const [entries, others] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return entries.size === others.size && [...entries].every(([key, value]) => sameBits(value, others.get(key)));
}

/** An array of zeros. */
export function zeros(dtype: DType, shape: readonly number[]): NdArray {
  const length = sizeOf(shape) * lanes(dtype);
  if (dtype === 'index') return index(new Int32Array(length), shape);
  if (dtype === 'bool') return bool(new Uint8Array(length), shape);
  return dtype === 'real' ? real(new Float64Array(length), shape) : complex(new Float64Array(length), shape);
}

/** An array of a dtype that is only known at run time. */
export function arrayOf(dtype: DType, data: ArrayLike<number>, shape: readonly number[]): NdArray {
  const makers = { real, complex, index, bool };
  return makers[dtype](dtype === 'real' || dtype === 'complex' ? floats(data) : data, shape);
}

/** A result of the described shape with nothing but zeros. */
export function zeroResult(returns: ResultSpec, sizes: Sizes): LooseResult {
  if (returns.kind === 'scalar') return 0;
  if (returns.kind === 'array') return zeros(returns.dtype, shapeOf(returns.dims, sizes));
  const entries = Object.entries(returns.entries).map(([key, entry]): [string, ResultLeaf] => [
    key,
    entry.kind === 'scalar' ? 0 : zeros(entry.dtype, shapeOf(entry.dims, sizes)),
  ]);
  return Object.fromEntries(entries);
}

/** Symbolic extents at given sizes; NaN where a symbol has no size. */
export function shapeOf(dims: readonly (number | string)[], sizes: Sizes): readonly number[] {
  return dims.map((dim) => evaluate(parseDim(dim), sizes) ?? Number.NaN);
}

function floats(data: ArrayLike<number>): Float64Array {
  return new Float64Array(data);
}

function copyValue(value: ArgumentValue | undefined): ArgumentValue | undefined {
  if (isHostArray(value)) return copyArray(value);
  return Array.isArray(value) ? [value[0], value[1]] : value;
}

function copyLeaf(leaf: ResultLeaf): ResultLeaf {
  return typeof leaf === 'number' || isHandle(leaf) ? leaf : copyArray(leaf);
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!Object.is(a[at], b[at])) return false;
  return true;
}
