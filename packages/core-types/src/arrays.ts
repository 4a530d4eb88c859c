import { describeValue } from './describeValue.js';
import { WtildeError } from './errors.js';

/** What the elements mean; the storage follows from it. */
export type DType = 'real' | 'complex' | 'index' | 'bool';

/** Host storage by dtype. `complex` is interleaved re, im pairs; `index` is int32; `bool` is 0 or 1. */
export interface Storage {
  readonly real: Float64Array;
  readonly complex: Float64Array;
  readonly index: Int32Array;
  readonly bool: Uint8Array;
}

/**
 * An array on the host: a plain object in C order. `shape` counts elements, so a complex array of
 * shape [K] has 2 K numbers in `data`.
 */
export interface NdArray<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: Storage[D];
}

/**
 * An array that lives on a device. It appears only as a result with `keep: 'device'` and as an
 * argument to the same backend.
 */
export interface Handle<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  /** The id of the backend that owns it. */
  readonly backend: string;
  toHost(): Promise<NdArray<D>>;
  dispose(): void;
}

/** Numbers per element of a dtype in its storage. */
export function lanes(dtype: DType): 1 | 2 {
  return dtype === 'complex' ? 2 : 1;
}

/** The number of elements of a shape; 1 for the empty shape of a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** A real array. A Float64Array is taken as it is, anything else is copied. The shape defaults to [length]. */
export function real(data: ArrayLike<number>, shape?: readonly number[]): NdArray<'real'> {
  return wrap('real', data instanceof Float64Array ? data : copied('real', () => Float64Array.from(data)), shape);
}

/** A complex array from interleaved re, im pairs. The shape defaults to [length / 2]. */
export function complex(data: ArrayLike<number>, shape?: readonly number[]): NdArray<'complex'> {
  return wrap('complex', data instanceof Float64Array ? data : copied('complex', () => Float64Array.from(data)), shape);
}

/** An int32 array of indices or counts; a number that is none is InvalidValue. The shape defaults to [length]. */
export function index(data: ArrayLike<number>, shape?: readonly number[]): NdArray<'index'> {
  if (data instanceof Int32Array) return wrap('index', data, shape);
  // { length } without entries stands for zeros.
  const numbers = copied('index', () => Float64Array.from(data, (value) => (value === undefined ? 0 : value)));
  const whole = Int32Array.from(numbers);
  for (let at = 0; at < whole.length; at++) {
    if (whole[at] === numbers[at]) continue;
    throw new WtildeError('InvalidValue', {
      what: 'a number that is no index',
      where: 'index()',
      expected: 'whole numbers of 32 bits',
      actual: `${numbers[at]} at ${at}`,
      remedy: 'correct it, or wrap the data as real(data, shape)',
    });
  }
  return wrap('index', whole, shape);
}

/** A boolean array of 0 and 1. The shape defaults to [length]. */
export function bool(data: ArrayLike<number | boolean>, shape?: readonly number[]): NdArray<'bool'> {
  const bytes = () => Uint8Array.from(data, (value) => (value ? 1 : 0));
  return wrap('bool', data instanceof Uint8Array ? data : copied('bool', bytes), shape);
}

/** Storage of its own; throws DTypeMismatch for what holds no numbers. */
function copied<A>(dtype: DType, copy: () => A): A {
  try {
    return copy();
  } catch (cause) {
    throw new WtildeError('DTypeMismatch', {
      what: 'the data are no list of numbers',
      where: `${dtype}()`,
      expected: 'an array of numbers',
      remedy: 'pass such an array',
      cause,
    });
  }
}

/** True for an array that lives on a device. */
export function isHandle(value: unknown): value is Handle {
  return typeof value === 'object' && value !== null && 'toHost' in value && 'backend' in value;
}

function wrap<D extends DType>(dtype: D, data: Storage[D], shape?: readonly number[]): NdArray<D> {
  const found = data.length / lanes(dtype);
  // An odd count of complex parts fills no shape, its own included.
  const actualShape = shape ?? [Math.floor(found)];
  const isShape = Array.isArray(actualShape) && actualShape.every(Number.isInteger);
  if (!isShape || sizeOf(actualShape) !== found) {
    throw new WtildeError('ShapeMismatch', {
      what: 'the data do not fill the shape',
      where: `${dtype}()`,
      expected: isShape
        ? `${sizeOf(actualShape)} elements for shape [${actualShape.join(', ')}]`
        : 'a shape of whole numbers',
      actual: isShape ? `${found}` : describeValue(actualShape),
      remedy: 'pass data and shape that belong together',
    });
  }
  return { dtype, shape: actualShape, data };
}
