import type { ArrayResult, KernelDescriptor, Param, ScalarResult, ValueRule } from '../../src/index.js';

/** What calls and results of a kernel are made of, in one line: all of it that a backend or a caller relies on. */
export function signatureOf({ name, params, returns, minimumPrecision, solves = [] }: KernelDescriptor): string {
  const taken = Object.entries(params).map(([param, described]) => `${param}${takes(described)}`);
  const given =
    returns.kind === 'record'
      ? `{ ${Object.entries(returns.entries)
          // The entries of a record have no order.
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([entry, described]) => `${entry}: ${gives(described)}`)
          .join(', ')} }`
      : gives(returns);
  return [`${name}(${taken.join(', ')}) -> ${given}, ${minimumPrecision}`, ...solves].join(', ');
}

function takes(param: Param): string {
  const mark = param.optional ? '?' : '';
  if (param.kind === 'array') {
    const { dtype, dims, values, triangle = '' } = param;
    return `${mark}: ${[`${dtype}[${dims.join(', ')}]`, rule(values), triangle].filter((part) => part !== '').join(' ')}`;
  }
  const { kind, type, binds } = param;
  const least = param.kind === 'pair' ? param.above : param.minimum;
  const facts = Object.entries({ sets: binds, least, default: param.default });
  const told = facts.flatMap(([fact, value]) => (value === undefined ? [] : [`${fact} ${value}`]));
  return `${mark}: ${[type, ...(kind === 'pair' ? ['pair'] : []), ...told].join(' ')}`;
}

function rule(values: ValueRule): string {
  if (typeof values === 'string') return values === 'finite' ? '' : values;
  return `from ${values.from} below ${values.below}`;
}

function gives(result: ArrayResult | ScalarResult): string {
  if (result.kind === 'scalar') return result.numericClass;
  const { dtype, dims, numericClass, derivativeOf } = result;
  const of = derivativeOf === undefined ? '' : ` of ${JSON.stringify(derivativeOf)}`;
  return `${dtype}[${dims.join(', ')}] ${numericClass}${of}`;
}
