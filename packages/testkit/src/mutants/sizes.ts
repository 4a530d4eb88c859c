/** Mistakes that show only where something is large: in every symbol of every kernel. */
import {
  type Arguments,
  type ArgumentValue,
  isRecord,
  type LooseArgs,
  type LooseResult,
  type ResultLeaf,
  type ResultSpec,
  type Sizes,
} from '@wtilde/core-types';
import { resizedArray, symbolsOfKernel, withSize } from '../checks/extents.js';
import { isHostArray, shapeOf } from '../contract/values.js';
import type { CrossingDataset } from '../datasets/crossing.js';
import { type Mutant, rebuilt, resultOf } from './mutant.js';

/**
 * For every crossing dataset a mutant in each of its kernels that takes nothing into account beyond the largest power
 * of two below the size. What the full grid of a mask has beyond its first points is not counted: its spacing is all
 * that anybody needs of it.
 */
export function sizeMutants(crossing: readonly CrossingDataset[]): readonly Mutant[] {
  return crossing
    .filter(({ symbol }) => symbol !== 'Gy' && symbol !== 'Gx')
    .map(({ name, symbol, size, kernels }) => ({
      ...ignoredAfter(symbol, 2 ** Math.floor(Math.log2(size))),
      name: `wrong after the n-th of ${name}`,
      affects: (descriptor) => kernels.some((kernel) => kernel === descriptor.name),
    }));
}

/** Takes the first n along a symbol and does as if there were no more; what is missing in the result is its last again. */
export function ignoredAfter(symbol: string, most: number): Mutant {
  return {
    name: `${symbol} after the ${most}th ignored`,
    affects: (descriptor) => symbolsOfKernel(descriptor).includes(symbol),
    spoil: (kernel) =>
      rebuilt(kernel, (args, options) => {
        const good = kernel(args, options);
        const { descriptor } = kernel;
        const sizes = kernel.sizesOf(args);
        if (sizes[symbol] <= most) return good;
        const cut = withSize(descriptor, looseArgs(args), sizes, symbol, most);
        return padded(descriptor.returns, resultOf(kernel(cut, { ...options, check: 'shapes' })), sizes);
      }),
  };
}

function padded(returns: ResultSpec, result: LooseResult, sizes: Sizes): LooseResult {
  if (returns.kind === 'scalar') return result;
  if (returns.kind === 'array')
    return isHostArray(result) ? resizedArray(result, shapeOf(returns.dims, sizes)) : result;
  if (!isRecord(result)) return result;
  const entries = Object.entries(result).map(([key, leaf]): [string, ResultLeaf] => {
    const spec = returns.entries[key];
    return [key, spec.kind === 'array' && isHostArray(leaf) ? resizedArray(leaf, shapeOf(spec.dims, sizes)) : leaf];
  });
  return Object.fromEntries(entries);
}

/** Arguments that the kernel itself has accepted, as what they then are. */
function looseArgs(args: Arguments): LooseArgs {
  return Object.fromEntries(
    Object.entries(args).filter((entry): entry is [string, ArgumentValue] => isValue(entry[1])),
  );
}

function isValue(value: unknown): value is ArgumentValue {
  return typeof value === 'number' || Array.isArray(value) || isHostArray(value);
}
