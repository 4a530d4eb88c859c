/** What callers pass as arguments, brought into one form when a call comes in. */

import { isStorage } from './argumentKinds.js';
import { type DType, isHandle, type NdArray, type Storage } from './arrays.js';
import { describeValue } from './describeValue.js';
import type { KernelDescriptor } from './descriptor.js';
import { WtildeError } from './errors.js';
import type { ArgumentValue, LooseArgs } from './loose.js';
import { remedyByName } from './nearest.js';

/**
 * The arguments of a kernel as a plain object of plain objects, whatever they come as: instances of classes too, whose
 * getters are read once. Throws MissingArgument where they do not come as one object, UnknownArgument for a name that
 * the kernel does not have.
 */
export function plainArguments({ name, params }: KernelDescriptor, given: LooseArgs): LooseArgs {
  if (typeof given !== 'object' || given === null) {
    throw new WtildeError('MissingArgument', {
      what: 'the arguments do not come as one object',
      where: name,
      expected: 'an object of arguments by name',
      actual: describeValue(given),
      remedy: 'pass { name: value, ... }',
    });
  }
  for (const argument of Object.keys(given)) {
    if (Object.hasOwn(params, argument)) continue;
    throw new WtildeError('UnknownArgument', {
      what: 'the kernel has no such argument',
      where: `${name}(${argument})`,
      expected: Object.keys(params).join(', '),
      actual: argument,
      remedy: remedyByName(argument, Object.keys(params), 'correct the name or drop the argument'),
    });
  }
  const plain: Record<string, ArgumentValue> = {};
  for (const argument of Object.keys(params)) {
    const value = given[argument];
    if (value !== undefined) plain[argument] = isHostArray(value) ? plainArray(value) : value;
  }
  return plain;
}

/**
 * The same arguments, host arrays as copies: what their owner does to them from now on changes nothing. Those of the
 * names in `except` stay as they are, and what is no array of wtilde.
 */
export function copiedArguments(args: LooseArgs, except?: ReadonlySet<string>): LooseArgs {
  const copies: Record<string, ArgumentValue | undefined> = { ...args };
  for (const [name, value] of Object.entries(args)) {
    if (except?.has(name)) continue;
    if (isHostArray(value)) copies[name] = isWhole(value) ? copied(value) : value;
    else if (isPair(value)) copies[name] = [value[0], value[1]];
  }
  return copies;
}

function isHostArray(value: unknown): value is NdArray {
  return typeof value === 'object' && value !== null && 'dtype' in value && 'data' in value && !isHandle(value);
}

function isWhole({ dtype, shape, data }: NdArray): boolean {
  return Object.hasOwn(copyOf, dtype) && Array.isArray(shape) && isStorage(dtype, data);
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value);
}

function plainArray({ dtype, shape, data }: NdArray): NdArray {
  return { dtype, shape, data };
}

/** Not by `slice`, which gives no copy of a Buffer. */
const copyOf: { readonly [D in DType]: (data: Storage[D]) => Storage[D] } = {
  real: (data) => new Float64Array(data),
  complex: (data) => new Float64Array(data),
  index: (data) => new Int32Array(data),
  bool: (data) => new Uint8Array(data),
};

function copied<D extends DType>({ dtype, shape, data }: NdArray<D>): NdArray<D> {
  return { dtype, shape: [...shape], data: copyOf[dtype](data) };
}
