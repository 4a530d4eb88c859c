/** Changes of single arrays that mutants make. */
import { type Arguments, isRecord, type LooseResult, type NdArray, type ResultLeaf } from '@wtilde/core-types';
import { arrayOf, isHostArray } from '../contract/values.js';

/** The arguments with some of the arrays replaced, as far as they are arrays. */
export function mapArrays(
  args: Arguments,
  names: readonly string[] | undefined,
  change: (array: NdArray, args: Arguments) => NdArray,
): Arguments {
  const entries = Object.entries(args).map(([name, value]) => {
    const concerned = (names?.includes(name) ?? true) && isHostArray(value);
    return [name, concerned ? change(value, args) : value];
  });
  return Object.fromEntries(entries);
}

/** The array with every number replaced. */
export function mapNumbers(array: NdArray, change: (value: number, at: number) => number): NdArray {
  return arrayOf(array.dtype, Array.from(array.data, change), array.shape);
}

/** The result with every array and number in it replaced. */
export function mapLeaves(result: LooseResult, change: (array: NdArray) => NdArray): LooseResult {
  if (!isRecord(result)) return mapLeaf(result, change);
  return Object.fromEntries(Object.entries(result).map(([key, leaf]) => [key, mapLeaf(leaf, change)]));
}

function mapLeaf(leaf: ResultLeaf, change: (array: NdArray) => NdArray): ResultLeaf {
  if (typeof leaf === 'number') return change(arrayOf('real', [leaf], [])).data[0];
  return isHostArray(leaf) ? change(leaf) : leaf;
}
