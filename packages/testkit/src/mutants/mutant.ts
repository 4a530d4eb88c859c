/** Kernels made wrong on purpose, to see whether a suite notices. */
import type {
  Arguments,
  KernelDescriptor,
  LooseBound,
  LooseKernel,
  LooseOptions,
  LooseResult,
} from '@wtilde/core-types';
import { CheckFailed } from '../checkFailed.js';
import { isLooseResult } from '../contract/looseResult.js';

/** One way to get a kernel wrong. */
export interface Mutant {
  readonly name: string;
  /** Whether the mistake can be made in this kernel at all; where it cannot, the mutant is as good as the original. */
  affects(descriptor: KernelDescriptor): boolean;
  /** The kernel with the mistake. */
  spoil(kernel: LooseKernel<unknown>): LooseKernel<unknown>;
}

type Call = (args: Arguments, options: LooseOptions) => unknown;

/** The kernel that looks only at other arguments than it was given; it validates those that it was given. */
export function withArguments(
  change: (args: Arguments) => Arguments,
): (kernel: LooseKernel<unknown>) => LooseKernel<unknown> {
  return (kernel) =>
    rebuilt(kernel, (args, options) => {
      kernel(args, options);
      return kernel(change(args), { ...options, check: 'shapes' });
    });
}

/** The kernel that skips a check: arguments are changed before anybody has looked at them. */
export function unchecked(
  change: (args: Arguments) => Arguments,
): (kernel: LooseKernel<unknown>) => LooseKernel<unknown> {
  return (kernel) => rebuilt(kernel, (args, options) => kernel(change(args), options));
}

/** The kernel that returns something else. */
export function withResult(
  change: (result: LooseResult, args: Arguments) => LooseResult,
): (kernel: LooseKernel<unknown>) => LooseKernel<unknown> {
  return (kernel) => rebuilt(kernel, (args, options) => change(resultOf(kernel(args, options)), args));
}

/** The kernel called by other means. What is bound is called the same way, after the original has validated it. */
export function rebuilt(
  kernel: LooseKernel<unknown>,
  call: Call,
  bind: (fixed: Arguments) => LooseBound<unknown> = boundBy(kernel, call),
): LooseKernel<unknown> {
  const { descriptor, methods, limited, sizesOf, appraise } = kernel;
  return Object.assign((args: Arguments, options: LooseOptions = {}) => call(args, options), {
    descriptor,
    methods,
    limited,
    sizesOf,
    appraise,
    bind,
  });
}

/** A bound kernel that is otherwise right, disposal included. */
function boundBy(kernel: LooseKernel<unknown>, call: Call): (fixed: Arguments) => LooseBound<unknown> {
  return (fixed) => {
    const bound = kernel.bind(fixed);
    const run = (rest: Arguments, options: LooseOptions = {}) => {
      bound(rest, options);
      return call({ ...fixed, ...rest }, options);
    };
    return Object.assign(run, { runMany: oneByOne(run), dispose: () => bound.dispose() });
  };
}

/** Many calls of a bound kernel as single ones. */
export function oneByOne(run: Call): LooseBound<unknown>['runMany'] {
  return (rests, options = {}) => rests.map((rest) => resultOf(run(rest, options)));
}

/** True for kernels with a parameter of one of these names. */
export function takes(...names: readonly string[]): (descriptor: KernelDescriptor) => boolean {
  return ({ params }) => names.some((name) => Object.hasOwn(params, name));
}

/** The result of a synchronous kernel. */
export function resultOf(returned: unknown): LooseResult {
  if (isLooseResult(returned)) return returned;
  throw new CheckFailed('mutants are made of synchronous backends');
}
