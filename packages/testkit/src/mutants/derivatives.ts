/** Mistakes in derivatives. */
import { type Arguments, isRecord, type KernelDescriptor, type LooseResult, type NdArray } from '@wtilde/core-types';
import { isHostArray } from '../contract/values.js';
import { mapArrays, mapNumbers } from './arrays.js';
import { type Mutant, resultOf, withResult } from './mutant.js';

export const derivativeMutants: readonly Mutant[] = [
  {
    name: 'derivatives with the other sign',
    affects: (descriptor) => derivedOf(descriptor).length > 0,
    spoil: (kernel) =>
      withResult((result) => onDerived(kernel.descriptor, result, (array) => scaled(array, -1)))(kernel),
  },
  {
    name: 'half of an edge at each of its ends',
    affects: (descriptor) => derivedOf(descriptor).some(({ edges }) => edges),
    spoil: (kernel) =>
      withResult((result) =>
        onDerived(kernel.descriptor, result, (array, edges) => (edges ? scaled(array, 0.5) : array)),
      )(kernel),
  },
  {
    name: 'derivatives at weights of the call before',
    affects: (descriptor) =>
      derivedOf(descriptor).length > 0 && stale.some((name) => Object.hasOwn(descriptor.params, name)),
    spoil: (kernel) =>
      withResult((result, args) => {
        const before = resultOf(kernel(moved(args), { check: 'shapes' }));
        return onDerived(kernel.descriptor, result, (array, _edges, entry) => leafOf(before, entry) ?? array);
      })(kernel),
  },
];

const stale = ['pixWeightsForSubSlimIndex', 'weights', 'curvatureMatrix'];

function moved(args: Arguments): Arguments {
  return mapArrays(args, stale, (array) => mapNumbers(array, (value) => 1.01 * value));
}

function derivedOf({ returns }: KernelDescriptor) {
  const leaves = returns.kind === 'record' ? Object.values(returns.entries) : [returns];
  return leaves.flatMap((leaf) => (leaf.kind === 'array' && leaf.derivativeOf ? [leaf.derivativeOf] : []));
}

/** The result with its arrays of derivatives changed. */
function onDerived(
  { returns }: KernelDescriptor,
  result: LooseResult,
  change: (array: NdArray, edges: boolean, entry: string | undefined) => NdArray,
): LooseResult {
  if (returns.kind === 'array' && returns.derivativeOf && isHostArray(result)) {
    return change(result, returns.derivativeOf.edges ?? false, undefined);
  }
  if (returns.kind !== 'record' || !isRecord(result)) return result;
  const changed = Object.entries(returns.entries).map(([name, leaf]) => {
    const value = result[name];
    return leaf.kind === 'array' && leaf.derivativeOf && isHostArray(value)
      ? [name, change(value, leaf.derivativeOf.edges ?? false, name)]
      : [name, value];
  });
  return Object.fromEntries(changed);
}

function leafOf(result: LooseResult, entry: string | undefined): NdArray | undefined {
  const leaf = entry === undefined || !isRecord(result) ? result : result[entry];
  return isHostArray(leaf) ? leaf : undefined;
}

function scaled(array: NdArray, factor: number): NdArray {
  return mapNumbers(array, (value) => factor * value);
}
