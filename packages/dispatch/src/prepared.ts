import {
  type ArgumentValue,
  type KernelDescriptor,
  type LooseArgs,
  type LooseBound,
  type LooseResult,
  originOf,
  type RouteStep,
  type Source,
  type ValueCheck,
} from '@wtilde/core-types';
import type { RunRecord } from './records.js';

/** What binding some arguments of a kernel has prepared so far, filled as calls need it. */
export interface Prepared {
  readonly fixed: LooseArgs;
  /** The value checks that the fixed arguments have passed. */
  readonly done: ReadonlySet<ValueCheck>;
  /** Bound kernels by backend. */
  readonly bounds: Map<string, LooseBound>;
  /** Steps of the route, where the kernel is composed, by position and what they were asked for. */
  readonly steps: Map<string, PreparedStep>;
}

/** A step that gets fixed arguments only, and so always gives the same, or one of which some arguments are fixed. */
type PreparedStep =
  | { readonly kind: 'result'; readonly result: LooseResult; readonly record: RunRecord }
  | { readonly kind: 'bound'; readonly prepared: Prepared };

export function newPrepared(fixed: LooseArgs, done: ReadonlySet<ValueCheck> = new Set()): Prepared {
  return { fixed, done, bounds: new Map(), steps: new Map() };
}

/** The arguments that are not fixed. */
export function withoutFixed(args: LooseArgs, { fixed }: Prepared): LooseArgs {
  const rest: Record<string, ArgumentValue | undefined> = {};
  for (const [name, value] of Object.entries(args)) if (fixed[name] === undefined) rest[name] = value;
  return rest;
}

export function disposePrepared(prepared: Prepared): void {
  for (const bound of prepared.bounds.values()) bound.dispose();
  for (const step of prepared.steps.values()) if (step.kind === 'bound') disposePrepared(step.prepared);
  prepared.bounds.clear();
  prepared.steps.clear();
}

/** By position, the arguments of each step of a route that follow from fixed arguments alone. */
export function fixedByStep({ route }: KernelDescriptor, { fixed }: Prepared): readonly ReadonlySet<string>[] {
  const known = new Set(Object.keys(fixed).filter((name) => fixed[name] !== undefined));
  return (route?.steps ?? []).map(({ args, as }: RouteStep) => {
    const names = Object.entries(args).filter(([, source]) => known.has(rootOf(source)));
    if (names.length === Object.keys(args).length) known.add(as);
    return new Set(names.map(([name]) => name));
  });
}

/** The parameter or step that a source is taken from. */
export function rootOf(source: Source): string {
  return originOf(source).split('.')[0];
}
