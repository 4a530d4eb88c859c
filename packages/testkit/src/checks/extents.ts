/** Arguments made longer or shorter along the axes of a symbol. */
import {
  type ArgumentValue,
  type ArrayParam,
  evaluate,
  type KernelDescriptor,
  type LooseArgs,
  lanes,
  type NdArray,
  type Param,
  parseDim,
  type Sizes,
  symbolsOf,
} from '@wtilde/core-types';
import { arrayOf, isHostArray } from '../contract/values.js';

/** The symbols that set the extents of a kernel's arguments, in order of appearance. */
export function symbolsOfKernel({ params }: KernelDescriptor): readonly string[] {
  return [...new Set(Object.values(params).flatMap(symbolsOf))];
}

/** How often the arguments that are there fix a symbol: more than once means that they can disagree about it. */
export function timesBound(symbol: string, { params }: KernelDescriptor, args: LooseArgs): number {
  const bound = Object.entries(params).flatMap(([name, param]) => (args[name] === undefined ? [] : symbolsOf(param)));
  return bound.filter((other) => other === symbol).length;
}

/** The arguments with one symbol set to another size: cut or padded, scalars changed, indices kept in range. */
export function withSize(
  { params }: KernelDescriptor,
  args: LooseArgs,
  sizes: Sizes,
  symbol: string,
  size: number,
): LooseArgs {
  const wanted = { ...sizes, [symbol]: size };
  const entries = Object.entries(args).map(([name, value]) => [name, resized(params[name], value, symbol, wanted)]);
  return Object.fromEntries(entries);
}

function resized(
  param: Param,
  value: ArgumentValue | undefined,
  symbol: string,
  wanted: Sizes,
): ArgumentValue | undefined {
  if (param.kind === 'scalar') return param.binds === symbol ? wanted[symbol] : value;
  if (param.kind === 'pair') {
    if (!Array.isArray(value) || param.binds === undefined) return value;
    return [wanted[param.binds[0]] ?? value[0], wanted[param.binds[1]] ?? value[1]];
  }
  if (!isHostArray(value)) return value;
  const shape = param.dims.map((dim, axis) =>
    parseDim(dim).symbol === symbol ? Math.max(0, evaluate(parseDim(dim), wanted) ?? 0) : value.shape[axis],
  );
  return inRange(param, resizedArray(value, shape), wanted);
}

/** Cuts an array, or pads it by repeating its last elements, to another shape of the same rank. */
export function resizedArray(array: NdArray, shape: readonly number[]): NdArray {
  const width = lanes(array.dtype);
  const data: number[] = [];
  const walk = (axis: number, offset: number) => {
    if (axis === shape.length) {
      for (let lane = 0; lane < width; lane++) data.push(array.data[offset * width + lane] ?? 0);
      return;
    }
    const extent = array.shape[axis];
    for (let at = 0; at < shape[axis]; at++) walk(axis + 1, offset * extent + Math.min(at, extent - 1));
  };
  walk(0, 0);
  return arrayOf(array.dtype, data, shape);
}

/** Moves indices that the new size leaves out of range to the end of it. */
function inRange({ values }: ArrayParam, array: NdArray, sizes: Sizes): NdArray {
  if (typeof values === 'string') return array;
  const ends = [values.below].flat().map((dim) => evaluate(parseDim(dim), sizes) ?? Number.POSITIVE_INFINITY);
  const clamped = Array.from(array.data, (value, at) =>
    Math.max(values.from, Math.min(value, ends[at % ends.length] - 1)),
  );
  return arrayOf(array.dtype, clamped, array.shape);
}
