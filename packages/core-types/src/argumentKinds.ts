/** Whether arguments are what their descriptor says: arrays, scalars, pairs; dtype, rank and storage. */
import { type DType, type Handle, isHandle, lanes, type NdArray, type Storage, sizeOf } from './arrays.js';
import { describeValue } from './describeValue.js';
import type { ArrayParam, PairParam, Param, ScalarParam } from './descriptor.js';
import type { ErrorCode, ErrorFacts } from './errors.js';
import type { ArgumentValue } from './loose.js';

/** Throws an error about one argument of a kernel. */
export type Fail = (code: ErrorCode, argument: string, facts: Omit<ErrorFacts, 'where'>) => never;

/** Throws where a value is not what the parameter takes. */
export function checkKind(name: string, param: Param, value: ArgumentValue, fail: Fail): void {
  if (param.kind === 'array') checkArray(name, param, value, fail);
  else if (param.kind === 'scalar') checkScalar(name, param, value, fail);
  else checkPair(name, param, value, fail);
}

/** True for the storage that arrays of a dtype have, of whatever realm. */
export function isStorage(dtype: DType, data: unknown): boolean {
  return ArrayBuffer.isView(data) && Object.prototype.toString.call(data) === `[object ${storageTags[dtype]}]`;
}

const storageTags: { readonly [D in keyof Storage]: string } = {
  real: 'Float64Array',
  complex: 'Float64Array',
  index: 'Int32Array',
  bool: 'Uint8Array',
};

function checkArray(name: string, param: ArrayParam, value: unknown, fail: Fail): void {
  const expected = describeParam(param);
  if (!isArrayLike(value)) {
    fail('DTypeMismatch', name, {
      what: 'not an array of wtilde',
      expected,
      actual: describeValue(value),
      remedy: `wrap the data, as in ${param.dtype}(data, shape)`,
    });
    return;
  }
  if (value.dtype !== param.dtype) {
    fail('DTypeMismatch', name, {
      what: 'wrong dtype',
      expected,
      actual: describeDtype(value.dtype),
      remedy: `convert the data and wrap them as ${param.dtype}(data, shape)`,
    });
  }
  const rank = param.dims.length;
  const fits =
    value.shape.length === rank &&
    [...value.shape].every((extent) => Number.isInteger(extent) && extent >= 0) &&
    param.dims.every((dim, axis) => typeof dim === 'string' || dim === value.shape[axis]);
  if (!fits) {
    fail('ShapeMismatch', name, {
      what: 'wrong shape',
      expected,
      actual: describeShape(value.shape),
      remedy: 'pass an array of the documented shape',
    });
  }
  if (!('data' in value)) return;
  if (!isStorage(param.dtype, value.data)) {
    fail('DTypeMismatch', name, {
      what: 'wrong storage',
      expected: `${storageTags[param.dtype]} for ${param.dtype}`,
      actual: describeValue(value.data),
      remedy: `wrap the data, as in ${param.dtype}(data, shape)`,
    });
  }
  const length = sizeOf(value.shape) * lanes(param.dtype);
  if (value.data.length !== length) {
    fail('ShapeMismatch', name, {
      what: 'the data do not fill the shape',
      expected: `${length} numbers for ${param.dtype} ${describeShape(value.shape)}`,
      actual: `${value.data.length}`,
      remedy: 'pass data and shape that belong together',
    });
  }
}

function checkScalar(name: string, param: ScalarParam, value: unknown, fail: Fail): void {
  const good =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (param.type === 'real' || Number.isInteger(value)) &&
    value >= (param.minimum ?? Number.NEGATIVE_INFINITY);
  if (good) return;
  fail(typeof value === 'number' ? 'InvalidValue' : 'DTypeMismatch', name, {
    what: 'not a number that makes sense here',
    expected: describeParam(param),
    actual: describeValue(value),
    remedy: 'pass such a number',
  });
}

function checkPair(name: string, param: PairParam, value: unknown, fail: Fail): void {
  const above = param.above ?? Number.NEGATIVE_INFINITY;
  const isNumber = (entry: unknown) =>
    typeof entry === 'number' &&
    Number.isFinite(entry) &&
    entry > above &&
    (param.type === 'real' || (Number.isInteger(entry) && entry >= 0));
  if (Array.isArray(value) && value.length === 2 && value.every(isNumber)) return;
  const numbers = Array.isArray(value) && value.every((entry) => typeof entry === 'number');
  fail(numbers ? 'InvalidValue' : 'DTypeMismatch', name, {
    what: 'not a pair of numbers that makes sense here',
    expected: describeParam(param),
    actual: describeValue(value),
    remedy: 'pass such a pair',
  });
}

export function isArrayLike(value: unknown): value is NdArray | Handle {
  if (typeof value !== 'object' || value === null || !('dtype' in value) || !('shape' in value)) return false;
  return Array.isArray(value.shape) && (isHandle(value) || 'data' in value);
}

/** What a parameter takes, in words. */
export function describeParam(param: Param): string {
  if (param.kind === 'array') return `${param.dtype} [${param.dims.join(', ')}]`;
  if (param.kind === 'scalar') {
    const noun = param.type === 'size' ? 'a whole number' : 'a finite number';
    return param.minimum === undefined ? noun : `${noun} >= ${param.minimum}`;
  }
  const noun = param.type === 'size' ? 'two whole numbers [rows, columns]' : 'two finite numbers [y, x]';
  return param.above === undefined ? noun : `${noun} above ${param.above}`;
}

/** As its name, where it has one. */
function describeDtype(dtype: unknown): string {
  return typeof dtype === 'string' ? dtype : describeValue(dtype);
}

function describeShape(shape: readonly unknown[]): string {
  return `[${shape.map(describeValue).join(', ')}]`;
}
