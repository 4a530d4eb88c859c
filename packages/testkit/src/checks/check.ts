/** One generated check and what it works on. */
import type { Backend, KernelDescriptor, LooseKernel } from '@wtilde/core-types';
import type { Oracle } from '../oracle/oracle.js';
import type { Report } from '../report/report.js';

export interface Check {
  /** The kernel, or the equivalence group or property. */
  readonly kernel: string;
  readonly method?: string;
  readonly dataset?: string;
  /** What is checked, in a word: known failures refer to it. */
  readonly check: string;
  readonly title: string;
  /** Throws `CheckFailed` where it does not hold, `NotApplicable` where there turns out to be nothing to check. */
  run(): Promise<void>;
}

/** A kernel of the backend under test, and what judges it. */
export interface Subject {
  readonly backend: Backend;
  readonly kernel: LooseKernel;
  readonly descriptor: KernelDescriptor;
  readonly oracle: Oracle;
  readonly report: Report | undefined;
}

/** The names of a kernel's methods. */
export function methodsOf({ kernel }: Subject): readonly string[] {
  return Object.keys(kernel.methods);
}
