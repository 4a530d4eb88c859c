/** The backend under test as a function, for checks that go through several kernels. */
import { type Backend, kernelOf, type LooseArgs, type LooseOptions, type LooseResult } from '@wtilde/core-types';
import { NotApplicable } from '../checkFailed.js';
import { resultOf } from '../contract/looseResult.js';
import { copyArgs } from '../contract/values.js';

export type Call = (kernel: string, args: LooseArgs) => Promise<LooseResult>;

/** Calls kernels of the backend on copies of the arguments; a kernel that it has not makes the check not applicable. */
export function callsOf(backend: Backend, options: LooseOptions = {}): Call {
  const call = directCallsOf(backend, options);
  return (name, args) => call(name, copyArgs(args));
}

/** {@link callsOf} on the arguments themselves, for where time is measured. */
export function directCallsOf(backend: Backend, options: LooseOptions = {}): Call {
  return async (name, args) => {
    const kernel = kernelOf(backend, name);
    if (kernel === undefined) throw new NotApplicable(`${name} is not implemented`);
    return await resultOf(kernel(args, options));
  };
}
