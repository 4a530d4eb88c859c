import type { Dim, Param } from './descriptor.js';
import { WtildeError } from './errors.js';

/** A parsed extent: factor * size(symbol) + offset; a plain number has no symbol. */
export interface Extent {
  readonly symbol: string | undefined;
  readonly factor: number;
  readonly offset: number;
}

/** Parses 3, 'K', '2N-1' or '2Ny'. */
export function parseDim(dim: Dim): Extent {
  if (typeof dim === 'number') return { symbol: undefined, factor: 0, offset: dim };
  const match = /^(\d*)([A-Za-z]\w*)([+-]\d+)?$/.exec(dim);
  if (match === null) {
    throw new WtildeError('InvalidContract', {
      what: 'this extent cannot be read',
      where: 'descriptor',
      expected: "a number, a symbol, or an affine form such as '2N-1'",
      actual: dim,
      remedy: 'correct the shape in the descriptor',
    });
  }
  const [, factor, symbol, offset] = match;
  return { symbol, factor: factor === '' ? 1 : Number(factor), offset: Number(offset ?? 0) };
}

/** The symbols that an argument fixes, in order; one that it fixes twice comes twice. */
export function symbolsOf(param: Param): readonly string[] {
  if (param.kind === 'array') return param.dims.flatMap((dim) => parseDim(dim).symbol ?? []);
  return [param.binds ?? []].flat();
}

/** The value of an extent, or undefined while its symbol is unknown. */
export function evaluate(extent: Extent, sizes: Readonly<Record<string, number>>): number | undefined {
  if (extent.symbol === undefined) return extent.offset;
  const size = sizes[extent.symbol];
  return size === undefined ? undefined : extent.factor * size + extent.offset;
}

/** The size of the symbol that makes the extent equal to a value, or undefined where none does. */
export function solveExtent(extent: Extent, value: number): number | undefined {
  const size = (value - extent.offset) / extent.factor;
  return Number.isInteger(size) && size >= 0 ? size : undefined;
}
