import { type Handle, isHandle, lanes, type NdArray, type Storage, sizeOf } from './arrays.js';
import type { ArrayParam, KernelDescriptor, PairParam, Param, ScalarParam, Sizes } from './descriptor.js';
import { type Extent, evaluate, parseDim, solve } from './dims.js';
import { type ErrorCode, type ErrorFacts, WtildeError } from './errors.js';
import type { ArgumentValue, LooseArgs } from './loose.js';
import { checksOf, type ValueCheck } from './valueChecks.js';

/** Arguments with defaults filled in, and what every symbol came to. */
export interface Validated {
  readonly args: LooseArgs;
  readonly sizes: Sizes;
}

export interface Validator {
  /** Checks the arguments of one call. Value checks in `done` are skipped; `check: 'shapes'` skips them all. */
  validate(args: LooseArgs, check?: 'full' | 'shapes', done?: ReadonlySet<ValueCheck>): Validated;
  /** Checks what can be checked of some arguments alone and returns the value checks that are done with. */
  validatePart(args: LooseArgs): ReadonlySet<ValueCheck>;
}

/** The least sizes that make sense: without source pixels or image there is nothing to compute. */
const leastSizes: Sizes = { S: 1, N: 1, Ny: 1, Nx: 1 };

/** No result may have more elements than this: typed arrays end there. */
const mostElements = 2 ** 32;

/** The validation that a descriptor asks for. It reads the descriptor once; calls are then cheap. */
export function createValidator(descriptor: KernelDescriptor): Validator {
  const params = Object.entries(descriptor.params).map(([name, param]) => ({
    name,
    param,
    extents: param.kind === 'array' ? param.dims.map(parseDim) : [],
  }));
  const results = descriptor.returns.kind === 'array' ? descriptor.returns.dims.map(parseDim) : [];
  const checks = checksOf(descriptor);
  const fail = (code: ErrorCode, argument: string, facts: Omit<ErrorFacts, 'where'>): never => {
    throw new WtildeError(code, { ...facts, where: `${descriptor.name}(${argument})` });
  };

  function checkKinds(args: LooseArgs, complete: boolean): void {
    for (const name of Object.keys(args)) {
      if (!Object.hasOwn(descriptor.params, name)) {
        fail('UnknownArgument', name, {
          what: 'the kernel has no such argument',
          expected: Object.keys(descriptor.params).join(', '),
          actual: name,
          remedy: 'correct the name or drop the argument',
        });
      }
    }
    for (const { name, param } of params) {
      const value = args[name];
      if (value !== undefined) checkKind(name, param, value, fail);
      else if (complete && !param.optional) {
        fail('MissingArgument', name, {
          what: 'a required argument is missing',
          expected: describeParam(param),
          actual: 'nothing',
          remedy: 'pass it',
        });
      }
    }
  }

  function bindSizes(args: LooseArgs): Record<string, number> {
    const sizes: Record<string, number> = {};
    const boundBy: Record<string, string> = {};
    const bind = (symbol: string, value: number, argument: string) => {
      const known = sizes[symbol];
      if (known === undefined) {
        sizes[symbol] = value;
        boundBy[symbol] = argument;
      } else if (known !== value) {
        fail('ShapeMismatch', argument, {
          what: `${symbol} differs from that of ${boundBy[symbol]}`,
          expected: `${symbol} = ${known}`,
          actual: `${symbol} = ${value}`,
          remedy: 'pass arguments that belong together',
        });
      }
    };
    const bindExtents = (name: string, shape: readonly number[], extents: readonly Extent[], plain: boolean) => {
      extents.forEach((extent, axis) => {
        if (extent.symbol === undefined || (extent.factor === 1 && extent.offset === 0) !== plain) return;
        const size = solve(extent, shape[axis]);
        if (size !== undefined) bind(extent.symbol, size, name);
        else {
          fail('ShapeMismatch', name, {
            what: `axis ${axis} does not have the form ${formOf(extent)}`,
            expected: `${formOf(extent)} for a whole ${extent.symbol}`,
            actual: `${shape[axis]}`,
            remedy: 'pass an array of the documented shape',
          });
        }
      });
    };
    for (const plain of [true, false]) {
      for (const { name, param, extents } of params) {
        const value = args[name];
        if (value === undefined) continue;
        if (isArrayLike(value)) bindExtents(name, value.shape, extents, plain);
        else if (plain && param.kind === 'scalar' && param.binds !== undefined) bind(param.binds, Number(value), name);
        else if (plain && param.kind === 'pair' && param.binds !== undefined && Array.isArray(value)) {
          param.binds.forEach((symbol, at) => {
            bind(symbol, value[at], name);
          });
        }
      }
    }
    for (const [symbol, least] of Object.entries(leastSizes)) {
      if (sizes[symbol] !== undefined && sizes[symbol] < least) {
        fail('ShapeMismatch', boundBy[symbol] ?? symbol, {
          what: `${symbol} is too small`,
          expected: `${symbol} >= ${least}`,
          actual: `${symbol} = ${sizes[symbol]}`,
          remedy: 'pass at least one',
        });
      }
    }
    return sizes;
  }

  function withDefaults(args: LooseArgs, sizes: Record<string, number>): LooseArgs {
    const filled: Record<string, ArgumentValue | undefined> = { ...args };
    for (const { name, param } of params) {
      if (filled[name] !== undefined || param.kind === 'array' || param.default === undefined) continue;
      if (param.kind === 'pair') filled[name] = param.default;
      else {
        const bound = param.binds === undefined ? undefined : sizes[param.binds];
        const value = bound ?? evaluate(parseDim(param.default), sizes);
        filled[name] = value;
        if (param.binds !== undefined && value !== undefined) sizes[param.binds] = value;
      }
    }
    return filled;
  }

  function checkResultSize(sizes: Sizes): void {
    const elements = results.reduce((product, extent) => product * (evaluate(extent, sizes) ?? 1), 1);
    if (elements <= mostElements) return;
    fail('InvalidValue', 'sizes', {
      what: 'the result would be too large for an array',
      expected: `at most ${mostElements} elements`,
      actual: `${elements}`,
      remedy: 'use smaller sizes, or a kernel that does not expand the matrix',
    });
  }

  function runCheck(check: ValueCheck, args: LooseArgs, sizes: Sizes): void {
    const violation = check.run(args, sizes);
    if (violation === undefined) return;
    const { code, argument, ...facts } = violation;
    fail(code, argument, facts);
  }

  return {
    validate(given, check = 'full', done) {
      checkKinds(given, true);
      const sizes = bindSizes(given);
      const args = withDefaults(given, sizes);
      checkResultSize(sizes);
      if (check === 'full') {
        for (const valueCheck of checks) {
          if (!done?.has(valueCheck)) runCheck(valueCheck, args, sizes);
        }
      }
      return { args, sizes };
    },

    validatePart(part) {
      checkKinds(part, false);
      const sizes = bindSizes(part);
      const ready = checks.filter(
        ({ over, symbols }) =>
          over.every((name) => part[name] !== undefined) && symbols.every((symbol) => sizes[symbol] !== undefined),
      );
      for (const valueCheck of ready) runCheck(valueCheck, part, sizes);
      return new Set(ready);
    },
  };
}

type Fail = (code: ErrorCode, argument: string, facts: Omit<ErrorFacts, 'where'>) => never;

function checkKind(name: string, param: Param, value: ArgumentValue, fail: Fail): void {
  if (param.kind === 'array') checkArray(name, param, value, fail);
  else if (param.kind === 'scalar') checkScalar(name, param, value, fail);
  else checkPair(name, param, value, fail);
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
      actual: value.dtype,
      remedy: `convert the data and wrap them as ${param.dtype}(data, shape)`,
    });
  }
  const rank = param.dims.length;
  const fits =
    value.shape.length === rank &&
    param.dims.every((dim, axis) => typeof dim === 'string' || dim === value.shape[axis]);
  if (!fits) {
    fail('ShapeMismatch', name, {
      what: 'wrong shape',
      expected,
      actual: `[${value.shape.join(', ')}]`,
      remedy: 'pass an array of the documented shape',
    });
  }
  if (!('data' in value)) return;
  if (
    !ArrayBuffer.isView(value.data) ||
    Object.prototype.toString.call(value.data) !== `[object ${storageTags[param.dtype]}]`
  ) {
    fail('DTypeMismatch', name, {
      what: 'wrong storage',
      expected: `${storageTags[param.dtype]} for ${param.dtype}`,
      actual: describeValue(value.data),
      remedy: `wrap the data, as in ${param.dtype}(data, shape)`,
    });
  }
  const length = sizeOf(value.shape) * lanes(param.dtype);
  if (value.data.length !== length || value.shape.some((extent) => !Number.isInteger(extent) || extent < 0)) {
    fail('ShapeMismatch', name, {
      what: 'the data do not fill the shape',
      expected: `${length} numbers for ${param.dtype} [${value.shape.join(', ')}]`,
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

function isArrayLike(value: unknown): value is NdArray | Handle {
  return (
    isHandle(value) ||
    (typeof value === 'object' && value !== null && 'dtype' in value && 'shape' in value && 'data' in value)
  );
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

function describeValue(value: unknown): string {
  if (ArrayBuffer.isView(value)) return Object.prototype.toString.call(value).slice(8, -1);
  if (Array.isArray(value)) return `[${value.slice(0, 3).join(', ')}${value.length > 3 ? ', ...' : ''}]`;
  if (typeof value === 'object') return value === null ? 'null' : 'an object';
  return `${typeof value === 'string' ? JSON.stringify(value) : String(value)}`;
}

function formOf({ factor, symbol, offset }: Extent): string {
  const sign = offset > 0 ? '+' : '';
  return `${factor === 1 ? '' : factor}${symbol}${offset === 0 ? '' : sign + offset}`;
}
