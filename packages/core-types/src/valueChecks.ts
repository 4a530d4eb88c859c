import { isHandle, lanes, type NdArray } from './arrays.js';
import type { ArrayParam, Dim, KernelDescriptor, Sizes, Violation } from './descriptor.js';
import { evaluate, parseDim, symbolsOf } from './dims.js';
import type { LooseArgs } from './loose.js';
import { allFinite, allNonZero, allWithin } from './scans.js';

/** One look at the values of one or more arguments. */
export interface ValueCheck {
  /** The arguments that it looks at. */
  readonly over: readonly string[];
  /** The symbols that it needs. */
  readonly symbols: readonly string[];
  /** Where it returns true, a value that cannot be used would be seen in the result: that may be looked at instead. */
  shown?(args: LooseArgs, sizes: Sizes): boolean;
  run(args: LooseArgs, sizes: Sizes): Violation | undefined;
}

/** All value checks of a kernel: the rule of each array, then the requirements that tie arguments together. */
export function checksOf(descriptor: KernelDescriptor): readonly ValueCheck[] {
  const rules = Object.entries(descriptor.params).flatMap(([name, param]) =>
    param.kind === 'array' && param.values !== 'withRequirement'
      ? [{ ...ruleCheck(name, param), ...shownBy(name, descriptor) }]
      : [],
  );
  const arrays = Object.values(descriptor.params).filter(({ kind }) => kind === 'array');
  const symbols = [...new Set(arrays.flatMap(symbolsOf))];
  const requirements = descriptor.requires.map((requirement) => ({
    over: requirement.over,
    symbols,
    run: (args: LooseArgs, sizes: Sizes) =>
      // Values on a device cannot be looked at from here.
      requirement.over.some((name) => isHandle(args[name])) ? undefined : requirement.check(args, sizes),
  }));
  return [...rules, ...requirements];
}

function shownBy(name: string, { shownByResult }: KernelDescriptor): Partial<Pick<ValueCheck, 'shown'>> {
  return shownByResult === undefined ? {} : { shown: (args, sizes) => shownByResult(args, sizes).includes(name) };
}

function ruleCheck(name: string, param: ArrayParam): ValueCheck {
  const rule = param.values;
  const bounds: readonly Dim[] = typeof rule === 'string' ? [] : [rule.below].flat();
  const extents = bounds.map(parseDim);
  return {
    over: [name],
    symbols: extents.flatMap(({ symbol }) => symbol ?? []),
    run(args, sizes) {
      const array = args[name];
      if (array === undefined || typeof array !== 'object' || !('data' in array)) return undefined;
      if (typeof rule === 'string') return rule === 'nonZero' ? zero(name, array) : nonFinite(name, array);
      const below = extents.map((extent) => evaluate(extent, sizes) ?? Number.POSITIVE_INFINITY);
      return outside(name, array, rule.from, below);
    },
  };
}

function nonFinite(name: string, array: NdArray): Violation | undefined {
  const { data } = array;
  if (allFinite(data)) return undefined;
  for (let at = 0; at < data.length; at++) {
    if (data[at] - data[at] !== 0) return bad('InvalidValue', name, array, at, 'finite numbers', 'correct or mask it');
  }
  return undefined;
}

function zero(name: string, array: NdArray): Violation | undefined {
  const { data } = array;
  if (allNonZero(data)) return undefined;
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0 || data[at] - data[at] !== 0) {
      const expected = array.dtype === 'complex' ? 'finite numbers, no part of them zero' : 'finite numbers, none zero';
      return bad('InvalidValue', name, array, at, expected, 'drop the visibilities concerned');
    }
  }
  return undefined;
}

function outside(name: string, array: NdArray, from: number, below: readonly number[]): Violation | undefined {
  const { data } = array;
  const columns = below.length;
  if (columns === 1 && data instanceof Int32Array && allWithin(data, from, below[0])) return undefined;
  for (let at = 0; at < data.length; at++) {
    const end = below[at % columns];
    if (!(data[at] >= from && data[at] < end)) {
      return bad('IndexOutOfRange', name, array, at, `${from} to ${end - 1}`, 'correct the indices');
    }
  }
  return undefined;
}

function bad(
  code: Violation['code'],
  argument: string,
  array: NdArray,
  at: number,
  expected: string,
  remedy: string,
): Violation {
  const width = lanes(array.dtype);
  const position = unravel(Math.floor(at / width), array.shape);
  const part = width === 1 ? '' : at % width === 0 ? ' (real part)' : ' (imaginary part)';
  return {
    code,
    argument,
    what: 'a value that cannot be used',
    expected,
    actual: `${array.data[at]} at [${position.join(', ')}]${part}`,
    remedy,
  };
}

function unravel(at: number, shape: readonly number[]): number[] {
  const position: number[] = [];
  let rest = at;
  for (const extent of [...shape].reverse()) {
    position.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return position;
}
