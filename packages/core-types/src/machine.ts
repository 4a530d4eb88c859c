/** What the two kinds of machine behind a kernel have in common: one that runs its methods, one that has them run. */
import { isHandle } from './arrays.js';
import { describeValue } from './describeValue.js';
import type { KernelDescriptor, Sizes } from './descriptor.js';
import { WtildeError } from './errors.js';
import type { LooseArgs, LooseResult } from './loose.js';
import type { Eventually } from './looseKernel.js';
import type { Options } from './options.js';
import type { MethodFacts } from './pick.js';

/** Everything of one kernel of one backend that does not depend on promises. */
export interface Machine<R> {
  readonly facts: {
    readonly descriptor: KernelDescriptor;
    readonly methods: Readonly<Record<string, Partial<MethodFacts>>>;
    readonly limited: boolean;
    sizesOf(args: LooseArgs): Sizes;
    appraise(sizes: Sizes, options?: Options): unknown;
  };
  checkAlive(life: Life): void;
  run(args: LooseArgs, options: Options): R;
  bind(fixed: LooseArgs): {
    run(rest: LooseArgs, options: Options): R;
    /** Many calls whose arguments have been checked and taken. */
    many(rests: readonly LooseArgs[], options: Options): Batch<R>;
    dispose(): void;
  };
}

/** Calls of one bound kernel that are ready to run. */
interface Batch<R> {
  /** All of them at once, where the kernel can. */
  readonly together?: (() => Eventually<readonly LooseResult[]>) | undefined;
  readonly each: readonly (() => R)[];
}

/** A list, and not one of the many things that callers take for one. */
export function checkRests(name: string, rests: readonly LooseArgs[]): void {
  if (Array.isArray(rests)) return;
  throw new WtildeError('DTypeMismatch', {
    what: 'the arguments of many calls do not come as a list',
    where: `${name}.runMany`,
    expected: '[{ name: value, ... }, ...]',
    actual: describeValue(rests),
    remedy: 'pass a list of arguments, one object for each call',
  });
}

export interface Life {
  over: boolean;
}

/** @param home the backend whose handles may be passed; undefined where none may */
export function checkHandles(name: string, args: LooseArgs, id: string, home: string | undefined): void {
  for (const [argument, value] of Object.entries(args)) {
    if (!isHandle(value) || value.backend === home) continue;
    throw new WtildeError('ForeignHandle', {
      what: 'the array lives on another backend',
      where: `${name}(${argument})`,
      expected: home === undefined ? `a host array: ${id} runs in a worker` : `a host array or a handle of ${id}`,
      actual: `a handle of ${value.backend}`,
      remedy: 'pass await handle.toHost()',
    });
  }
}

export function checkNotFixed(name: string, fixed: LooseArgs, rest: LooseArgs): void {
  const again = Object.keys(rest).find((argument) => fixed[argument] !== undefined);
  if (again === undefined) return;
  throw new WtildeError('UnknownArgument', {
    what: 'the argument has been bound',
    where: `${name}(${again})`,
    expected: 'only the arguments that were not bound',
    actual: again,
    remedy: 'drop it, or bind again',
  });
}

export function disposed(kernel: string, what: string, remedy: string): WtildeError {
  return new WtildeError('Disposed', { what: `the ${what} has been disposed of`, where: kernel, remedy });
}
