/** Says what is right: arguments and expected results, each computed once. */
import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type Agreement,
  compare,
  createValidator,
  type KernelDescriptor,
  kernelOf,
  type LooseArgs,
  type LooseResult,
  type Precision,
  type SyncBackend,
  WtildeError,
} from '@wtilde/core-types';
import { createResolver, type Resolver } from '@wtilde/data';
import { isLooseResult } from '../contract/looseResult.js';
import type { TestDataset } from '../datasets/dataset.js';

export interface Oracle {
  /** The arguments of a kernel on a dataset; inputs that it does not hold are computed with the reference. */
  argumentsOf(dataset: TestDataset, kernel: KernelDescriptor): LooseArgs;
  /** The reference's result on a dataset. */
  expected(dataset: TestDataset, kernel: KernelDescriptor): LooseResult;
  /** The reference's result for any arguments; not kept. */
  call(kernel: string, args: LooseArgs): LooseResult;
  /** How a result agrees with the expected one, by the numeric classes of the kernel. */
  judge(
    kernel: KernelDescriptor,
    args: LooseArgs,
    expected: LooseResult,
    actual: LooseResult,
    precision: Precision,
  ): Agreement;
}

/** An oracle over a reference backend. What it computed it keeps for as long as it lives. */
export function createOracle(reference: SyncBackend = createReferenceBackend()): Oracle {
  const resolvers = new Map<TestDataset, Resolver>();
  const results = new Map<TestDataset, Map<string, LooseResult>>();

  function call(name: string, args: LooseArgs): LooseResult {
    const result = kernelOf(reference, name)?.(args);
    if (isLooseResult(result)) return result;
    throw new WtildeError('UnsupportedKernel', {
      what: 'the reference does not have this kernel, so nothing says what is right',
      where: name,
      actual: reference.id,
      remedy: 'implement it in the reference first',
    });
  }

  function argumentsOf(dataset: TestDataset, kernel: KernelDescriptor): LooseArgs {
    const resolver = resolvers.get(dataset) ?? createResolver(dataset.fields, call);
    resolvers.set(dataset, resolver);
    return resolver.argumentsOf(kernel);
  }

  return {
    argumentsOf,
    call,
    expected(dataset, kernel) {
      const known = results.get(dataset) ?? new Map<string, LooseResult>();
      results.set(dataset, known);
      const before = known.get(kernel.name);
      if (before !== undefined) return before;
      const result = call(kernel.name, argumentsOf(dataset, kernel));
      known.set(kernel.name, result);
      return result;
    },
    judge(kernel, given, expected, actual, precision) {
      const { args, sizes } = createValidator(kernel).validate(given, 'shapes');
      return compare(kernel.returns, expected, actual, { precision, yardsticks: kernel.yardsticks?.(args, sizes) });
    },
  };
}
