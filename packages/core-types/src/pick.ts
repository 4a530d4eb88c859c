import type { Sizes } from './descriptor.js';
import { WtildeError } from './errors.js';
import { remedyByName } from './nearest.js';
import type { Options, Solve } from './options.js';

interface Amounts {
  /** Floating point operations as counted, a sine or cosine as one; absent where nobody has counted them. */
  readonly flops?: number;
  /** Bytes that must move between memory and processor at least once. */
  readonly bytes: number;
  /**
   * Estimated nanoseconds on a nominal machine, comparable between the methods of one kernel of one backend: what
   * methods are chosen by. Default: one for each operation.
   */
  readonly time?: number;
}

/** What a method costs at given sizes: bytes, and operations or time or both. */
export type Cost = Amounts & ({ readonly flops: number } | { readonly time: number });

/** What can be known of a method without running it. */
export interface MethodFacts {
  cost(sizes: Sizes, options?: Options): Cost;
  /** True, or the reason why not. */
  canRun?(sizes: Sizes, options: Options): true | string;
  /** The values of the option `solve` that it has. Default: 'unrestricted' alone. */
  readonly solves?: readonly Solve[];
}

/** Whether a method can run, by its `canRun` and by the source that is asked for; or the reason why not. */
export function mayRun(
  { canRun, solves = ['unrestricted'] }: Pick<MethodFacts, 'canRun' | 'solves'>,
  sizes: Sizes,
  options: Options,
): true | string {
  const { solve = 'unrestricted' } = options;
  return solves.includes(solve) ? (canRun?.(sizes, options) ?? true) : `does not solve for ${solve} sources`;
}

/** What `pick` needs to know of a kernel. */
export interface Pickable {
  readonly descriptor: { readonly name: string };
  readonly methods: Readonly<Record<string, MethodFacts>>;
}

export interface Choice {
  readonly method: string;
  readonly why: string;
  /** The other methods, each with the reason. */
  readonly rejected: Readonly<Record<string, string>>;
}

/**
 * Chooses the method of a kernel: the one asked for, or else the one with the least estimated time among those that
 * can run, the first listed among equals. Pure: calls, explain(), tests, benchmarks and documentation all use it.
 *
 * Throws UnknownMethod with the known ones, or MethodRefused with the reason of each.
 */
export function pick(kernel: Pickable, sizes: Sizes, options: Options = {}): Choice {
  const asked = options.method ?? 'auto';
  return asked === 'auto' ? cheapest(kernel, sizes, options) : theOneAskedFor(kernel, asked, sizes, options);
}

function theOneAskedFor(kernel: Pickable, asked: string, sizes: Sizes, options: Options): Choice {
  const names = Object.keys(kernel.methods);
  const method = Object.hasOwn(kernel.methods, asked) ? kernel.methods[asked] : undefined;
  if (method === undefined) {
    throw new WtildeError('UnknownMethod', {
      what: 'the kernel has no such method here',
      where: `${kernel.descriptor.name} option method`,
      expected: `auto, ${names.join(', ')}`,
      actual: asked,
      remedy: remedyByName(asked, names, 'use one of the methods listed'),
    });
  }
  const can = mayRun(method, sizes, options);
  if (can !== true) throw refused(kernel, asked, { [asked]: can });
  const others = names.filter((name) => name !== asked);
  return {
    method: asked,
    why: 'asked for',
    rejected: Object.fromEntries(others.map((name) => [name, `${asked} was asked for`])),
  };
}

function cheapest(kernel: Pickable, sizes: Sizes, options: Options): Choice {
  const entries = Object.entries(kernel.methods);
  const [first] = entries;
  const rejected: Record<string, string> = {};
  const able = entries.filter(([name, method]) => {
    const can = mayRun(method, sizes, options);
    if (can !== true) rejected[name] = can;
    return can === true;
  });
  if (first !== undefined && entries.length === 1 && able.length === 1) {
    return { method: first[0], why: 'the only method', rejected };
  }
  const timed = able.map(([name, method]) => ({ name, time: timeOf(method.cost(sizes, options)) }));
  const [best, ...others] = timed.sort((a, b) => a.time - b.time);
  if (best === undefined) throw refused(kernel, 'auto', rejected);
  for (const { name, time } of others) rejected[name] = `estimated ${ratio(time, best.time)} times slower`;
  return { method: best.name, why: 'least estimated time', rejected };
}

function timeOf({ flops = Number.POSITIVE_INFINITY, time = flops }: Cost): number {
  return time;
}

function ratio(time: number, best: number): string {
  return (best === 0 ? 1 : time / best).toPrecision(3);
}

function refused(kernel: Pickable, asked: string, reasons: Readonly<Record<string, string>>): WtildeError {
  const list = Object.entries(reasons).map(([name, reason]) => `${name}: ${reason}`);
  return new WtildeError('MethodRefused', {
    what: `no method can run at these sizes: ${list.join('; ')}`,
    where: kernel.descriptor.name,
    actual: asked,
    remedy: 'change the sizes or options, or use another backend',
  });
}
