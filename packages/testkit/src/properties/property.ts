import type { Backend, KernelName, LooseArgs, LooseResult, NdArray } from '@wtilde/core-types';
import { CheckFailed } from '../checkFailed.js';
import type { Call } from '../checks/calling.js';
import { isHostArray } from '../contract/values.js';
import type { TestDataset } from '../datasets/dataset.js';

/** Something that mathematics or physics says about results, whatever the reference says. */
export interface Property {
  readonly name: string;
  /** The kernels that it is about; all of them are needed. */
  readonly kernels: readonly KernelName[];
  /** Kernels whose arguments and numeric class are used as well, though they are not run. */
  readonly judges?: readonly KernelName[];
  holds(lab: Lab): Promise<void>;
}

/** What a property works with. */
export interface Lab {
  readonly backend: Backend;
  readonly dataset: TestDataset;
  /** The backend under test. */
  readonly call: Call;
  /** The arguments of a kernel on the dataset. */
  args(kernel: KernelName): LooseArgs;
  /** Fails unless both are the same by the numeric classes of the kernel. */
  same(kernel: KernelName, args: LooseArgs, expected: LooseResult, actual: LooseResult, what: string): void;
}

/** The array argument or result; fails where it is something else. */
export function arrayIn(value: unknown, what: string): NdArray {
  if (isHostArray(value)) return value;
  throw new CheckFailed(`${what} is not an array on the host`);
}

/** The number; fails where it is something else. */
export function numberIn(value: unknown, what: string): number {
  if (typeof value === 'number') return value;
  throw new CheckFailed(`${what} is not a number`);
}
