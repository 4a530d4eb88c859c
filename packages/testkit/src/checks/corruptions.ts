/** Everything that can be wrong with one argument, as far as its description tells. */
import {
  type ArrayParam,
  type DType,
  type ErrorCode,
  evaluate,
  type KernelDescriptor,
  type LooseArgs,
  type NdArray,
  type PairParam,
  parseDim,
  type ScalarParam,
  type Sizes,
  sizeOf,
} from '@wtilde/core-types';
import { copyArray, isHostArray, zeros } from '../contract/values.js';
import { resizedArray, timesBound } from './extents.js';

/** A value that an argument must not have, and the error it must give. */
export interface Corruption {
  readonly what: string;
  readonly value: unknown;
  readonly code: ErrorCode;
}

/** What the other arguments and the sizes of the call are. */
export interface Surroundings {
  readonly descriptor: KernelDescriptor;
  readonly args: LooseArgs;
  readonly sizes: Sizes;
}

/** All corruptions of one argument that is there. */
export function corruptionsOf(name: string, around: Surroundings): readonly Corruption[] {
  const param = around.descriptor.params[name];
  const value = around.args[name];
  const nothing: Corruption = { what: 'null', value: null, code: 'DTypeMismatch' };
  const text: Corruption = { what: 'a text', value: 'nonsense', code: 'DTypeMismatch' };
  if (param.kind === 'scalar') return [nothing, text, ...ofScalar(param, Number(value), around)];
  if (param.kind === 'pair') return [nothing, text, ...ofPair(param, value, around)];
  if (!isHostArray(value)) return [];
  return [nothing, text, ...ofKind(value), ...ofShape(param, value, around), ...ofValues(param, value, around.sizes)];
}

function ofScalar(param: ScalarParam, value: number, { descriptor, args }: Surroundings): readonly Corruption[] {
  const invalid = (what: string, wrong: number): Corruption => ({ what, value: wrong, code: 'InvalidValue' });
  const list = [invalid('NaN', Number.NaN), invalid('infinity', Number.POSITIVE_INFINITY)];
  if (param.type === 'size') list.push(invalid('a fraction', value + 0.5));
  if (param.minimum !== undefined) list.push(invalid('less than the minimum', param.minimum - 1));
  if (param.binds === undefined || timesBound(param.binds, descriptor, args) < 2) return list;
  return [...list, { what: `another ${param.binds}`, value: value + 1, code: 'ShapeMismatch' }];
}

function ofPair(param: PairParam, value: unknown, { descriptor, args }: Surroundings): readonly Corruption[] {
  const [first, second] = Array.isArray(value) ? [Number(value[0]), Number(value[1])] : [1, 1];
  const invalid = (what: string, wrong: readonly number[]): Corruption => ({
    what,
    value: wrong,
    code: 'InvalidValue',
  });
  const list = [
    invalid('one number', [first]),
    invalid('three numbers', [first, second, second]),
    invalid('NaN', [Number.NaN, second]),
    invalid('infinity', [first, Number.POSITIVE_INFINITY]),
  ];
  if (param.above !== undefined) list.push(invalid('not above the bound', [first, param.above]));
  if (param.type === 'size') {
    list.push(invalid('a fraction', [first + 0.5, second]), invalid('a negative size', [first, -1]));
  }
  const shared = (param.binds ?? []).filter((symbol) => timesBound(symbol, descriptor, args) > 1);
  const others = shared.map((symbol): Corruption => {
    const wrong = param.binds?.[0] === symbol ? [first + 1, second] : [first, second + 1];
    return { what: `another ${symbol}`, value: wrong, code: 'ShapeMismatch' };
  });
  return [...list, ...others];
}

const anotherDType: Readonly<Record<DType, DType>> = { real: 'index', complex: 'real', index: 'real', bool: 'index' };

/** No array of the described kind at all. */
function ofKind({ dtype, shape, data }: NdArray): readonly Corruption[] {
  const other = anotherDType[dtype];
  const wrong = (what: string, value: unknown): Corruption => ({ what, value, code: 'DTypeMismatch' });
  return [
    wrong('a list of numbers', Array.from(data)),
    wrong('bare data', data),
    wrong(`the dtype ${other}`, zeros(other, shape)),
    wrong('Float32Array data', { dtype, shape, data: Float32Array.from(data) }),
    wrong('a list as data', { dtype, shape, data: Array.from(data) }),
  ];
}

function ofShape(param: ArrayParam, array: NdArray, { descriptor, args }: Surroundings): readonly Corruption[] {
  const { dtype, shape, data } = array;
  const wrong = (what: string, value: unknown): Corruption => ({ what, value, code: 'ShapeMismatch' });
  const longerAxes = param.dims.flatMap((dim, axis) => {
    const { symbol, factor } = parseDim(dim);
    const free = symbol !== undefined && factor === 1 && timesBound(symbol, descriptor, args) < 2;
    const longer = shape.map((extent, at) => (at === axis ? extent + 1 : extent));
    return free ? [] : [wrong(`axis ${axis} longer by one`, resizedArray(array, longer))];
  });
  return [
    wrong('one axis more', { dtype, shape: [...shape, 1], data }),
    wrong('no axis', { dtype, shape: [], data }),
    wrong('more data than the shape holds', { dtype, shape, data: zeros(dtype, [sizeOf(shape) + 1]).data }),
    ...longerAxes,
  ];
}

function ofValues(param: ArrayParam, array: NdArray, sizes: Sizes): readonly Corruption[] {
  const { values, dtype } = param;
  const last = array.data.length - 1;
  if (last < 0) return [];
  const floating = dtype === 'real' || dtype === 'complex';
  if (values === 'withRequirement') return [floating ? everywhere(array, Number.NaN) : everywhere(array, 2 ** 30)];
  if (typeof values === 'string') {
    if (!floating) return [];
    const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, ...(values === 'nonZero' ? [0] : [])];
    return bad.flatMap((value) => [0, last].map((at) => withValue(array, at, value, 'InvalidValue')));
  }
  const ends = [values.below].flat().map((dim) => evaluate(parseDim(dim), sizes) ?? 0);
  const columns = ends.map((end, column) => withValue(array, last + 1 - ends.length + column, end, 'IndexOutOfRange'));
  return [withValue(array, 0, values.from - 1, 'IndexOutOfRange'), ...columns];
}

/** Some of the values of such an array may be unused, not all. */
function everywhere(array: NdArray, value: number): Corruption {
  const corrupted = copyArray(array);
  corrupted.data.fill(value);
  const code = Number.isNaN(value) ? 'InvalidValue' : 'IndexOutOfRange';
  return { what: `${value} everywhere`, value: corrupted, code };
}

function withValue(array: NdArray, at: number, value: number, code: ErrorCode): Corruption {
  const corrupted = copyArray(array);
  corrupted.data[at] = value;
  return { what: `${value} as number ${at}`, value: corrupted, code };
}
