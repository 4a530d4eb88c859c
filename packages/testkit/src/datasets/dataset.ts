import type { KernelName } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';

/**
 * Inputs for as many kernels as its fields feed. Fields are keyed by upstream argument name, as in data files; inputs
 * that are results of other kernels may be left out, the reference computes them.
 */
export interface TestDataset {
  readonly name: string;
  /** What is special about it. */
  readonly doc: string;
  readonly fields: Fields;
  /** The kernels that it is meant for; every kernel that its fields feed where left out. */
  readonly kernels?: readonly KernelName[];
}

/** True where the dataset is meant for the kernel; whether its fields feed it is another question. */
export function isMeantFor(dataset: TestDataset, kernel: string): boolean {
  return dataset.kernels?.some((name) => name === kernel) ?? true;
}
