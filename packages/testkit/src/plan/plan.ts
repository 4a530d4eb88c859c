import { type Backend, type KernelDescriptor, kernelOf, type MethodFacts } from '@wtilde/core-types';
import type { TestDataset } from '../datasets/dataset.js';
import { all, type Case, type Expected, type KnownFailure, knownFailure } from './case.js';
import { type Sizing, sizingOf } from './sizing.js';

export interface PlanOptions {
  /** What judges the results; its cost decides what is too big. */
  readonly reference: Backend;
  /** The most operations that the reference may need for a case. Default: {@link defaultBudget}. */
  readonly budget?: number | undefined;
  readonly knownFailures?: readonly KnownFailure[] | undefined;
  /** Datasets for agreement at large sizes, of which alone no kernel is tested. Default: none. */
  readonly crossing?: readonly TestDataset[] | undefined;
}

/** About a second of the reference. */
export const defaultBudget = 5e8;

/**
 * What a suite will do, as data: a case for every method of every kernel on every dataset that feeds it, and one for
 * every kernel that is not implemented or that nothing tests. Pure; computes nothing but sizes.
 */
export function plan(
  descriptors: readonly KernelDescriptor[],
  backend: Backend,
  datasets: readonly TestDataset[],
  { reference, budget = defaultBudget, knownFailures = [], crossing = [] }: PlanOptions,
): readonly Case[] {
  return descriptors.flatMap((descriptor) => {
    const { name } = descriptor;
    const kernel = kernelOf(backend, name);
    const whole = (expected: Expected, reason: string): Case[] => [
      { kernel: name, method: all, dataset: all, expected, reason },
    ];
    if (kernel === undefined) return whole('not-implemented', whyNot(descriptor, backend));
    const sized = (given: readonly TestDataset[]) =>
      given.flatMap((dataset) => {
        const sizing = sizingOf(descriptor, dataset, reference);
        return sizing === undefined ? [] : [{ dataset: dataset.name, sizing }];
      });
    const ordinary = sized(datasets);
    if (ordinary.length === 0) return whole('no-data', 'no dataset holds its inputs');
    return [...ordinary, ...sized(crossing)].flatMap(({ dataset, sizing }) =>
      Object.entries(kernel.methods).map(([method, facts]) => {
        const known = knownFailure(knownFailures, { kernel: name, method, dataset, check: 'agreement' });
        const [expected, reason] = expectation(facts, sizing, budget, known);
        return { kernel: name, method, dataset, expected, reason };
      }),
    );
  });
}

function whyNot({ minimumPrecision }: KernelDescriptor, { precision }: Backend): string {
  return minimumPrecision === 'float64' && precision === 'float32' ? 'needs float64' : 'not implemented';
}

function expectation(
  method: Partial<MethodFacts>,
  { sizes, flops }: Sizing,
  budget: number,
  known: KnownFailure | undefined,
): readonly [Expected, string] {
  if (flops > budget) {
    const [needed, allowed] = [flops.toExponential(1), budget.toExponential(1)];
    return ['too-big', `the reference would need ${needed} operations, the budget is ${allowed}`];
  }
  const can = method.canRun?.(sizes, {}) ?? true;
  if (can !== true) return ['refused', can];
  return known === undefined ? ['run', ''] : ['known-failure', known.reason];
}
