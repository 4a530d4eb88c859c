/** What a kernel would meet on a dataset, found without computing anything: shapes only. */
import {
  type Backend,
  createValidator,
  findKernel,
  isWtildeError,
  type KernelDescriptor,
  kernelOf,
  type LooseArgs,
  type LooseResult,
  type Sizes,
  sizesOf,
} from '@wtilde/core-types';
import { resolveArguments } from '@wtilde/data';
import { zeroResult } from '../contract/values.js';
import { isMeantFor, type TestDataset } from '../datasets/dataset.js';

export interface Sizing {
  /** Every symbol, and the measures of values as far as they are in the dataset. */
  readonly sizes: Sizes;
  /** What the reference needs for the result and for the inputs that the dataset does not hold, in operations. */
  readonly flops: number;
}

/** The sizes of a kernel on a dataset, or undefined where the dataset is not for it. */
export function sizingOf(kernel: KernelDescriptor, dataset: TestDataset, reference: Backend): Sizing | undefined {
  if (!isMeantFor(dataset, kernel.name)) return undefined;
  let flops = 0;
  const pretend = (name: string, args: LooseArgs): LooseResult => {
    const descriptor = findKernel(name);
    const { sizes } = createValidator(descriptor).validate(args, 'shapes');
    flops += cheapest(reference, name, sizes);
    return zeroResult(descriptor.returns, sizes);
  };
  try {
    const args = resolveArguments(kernel, dataset.fields, pretend);
    const sizes = sizesOf(kernel, args);
    return { sizes, flops: flops + cheapest(reference, kernel.name, sizes) };
  } catch (error) {
    if (isWtildeError(error, 'MissingArgument')) return undefined;
    throw error;
  }
}

/** Memory aside, what the cheapest method of a kernel costs. */
function cheapest(backend: Backend, name: string, sizes: Sizes): number {
  const methods = Object.values(kernelOf(backend, name)?.methods ?? {});
  return Math.min(...methods.map(({ cost }) => cost?.(sizes).flops ?? Number.MAX_VALUE), Number.MAX_VALUE);
}
