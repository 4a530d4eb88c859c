import { type Fail, isArrayLike } from './argumentKinds.js';
import type { Param } from './descriptor.js';
import { type Extent, solveExtent } from './dims.js';
import type { LooseArgs } from './loose.js';
import { symbolFacts } from './symbols.js';

/** A parameter with its extents parsed. */
export interface SizedParam {
  readonly name: string;
  readonly param: Param;
  readonly extents: readonly Extent[];
}

/**
 * What the symbols of a kernel come to in some arguments. Plain symbols and sizes bind first, affine forms follow; the
 * first argument to bind a symbol is named when another one disagrees.
 */
export function bindSizes(params: readonly SizedParam[], args: LooseArgs, fail: Fail): Record<string, number> {
  const sizes: Record<string, number> = {};
  const boundBy: Record<string, string> = {};
  const bind = (symbol: string, value: number, argument: string) => {
    const known = sizes[symbol];
    if (known === undefined) {
      sizes[symbol] = value;
      boundBy[symbol] = argument;
    } else if (known !== value) {
      fail('ShapeMismatch', argument, {
        what: `${symbolFacts(symbol).doc}: ${symbol} differs from that of ${boundBy[symbol]}`,
        expected: `${symbol} = ${known}`,
        actual: `${symbol} = ${value}`,
        remedy: 'pass arguments that belong together',
      });
    }
  };
  const bindExtents = (name: string, shape: readonly number[], extents: readonly Extent[], plain: boolean) => {
    extents.forEach((extent, axis) => {
      if (extent.symbol === undefined || (extent.factor === 1 && extent.offset === 0) !== plain) return;
      const size = solveExtent(extent, shape[axis]);
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
  for (const [symbol, size] of Object.entries(sizes)) {
    const { doc, least } = symbolFacts(symbol);
    if (size >= least) continue;
    fail('ShapeMismatch', boundBy[symbol] ?? symbol, {
      what: `${doc}: ${symbol} is too small`,
      expected: `${symbol} >= ${least}`,
      actual: `${symbol} = ${size}`,
      remedy: 'pass at least one',
    });
  }
  return sizes;
}

function formOf({ factor, symbol, offset }: Extent): string {
  const sign = offset > 0 ? '+' : '';
  return `${factor === 1 ? '' : factor}${symbol}${offset === 0 ? '' : sign + offset}`;
}
