import { isHandle, type NdArray } from './arrays.js';
import { WtildeError } from './errors.js';
import type { ArgumentValue, LooseArgs, LooseResult } from './loose.js';

/**
 * Where a step takes an argument from: a parameter of the composite, an earlier result ('reconstruction'), an entry of
 * an earlier record ('evidence.logEvidence'), a vector made into a one-column matrix or back, or the largest absolute
 * element of an array.
 */
export type Source = string | { readonly column: string } | { readonly flat: string } | { readonly largest: string };

/** What a source is taken from. */
export function originOf(source: Source): string {
  if (typeof source === 'string') return source;
  if ('column' in source) return source.column;
  return 'flat' in source ? source.flat : source.largest;
}

export interface RouteStep {
  readonly kernel: string;
  readonly args: Readonly<Record<string, Source>>;
  /** The name of the result for later steps. */
  readonly as: string;
}

/** What the result of a route is taken from. */
export function resultSources({ result }: Route): readonly Source[] {
  return typeof result === 'string' || !('record' in result) ? [result] : Object.values(result.record);
}

/** A composite kernel as steps over other kernels. Each step may run on a backend of its own. */
export interface Route {
  readonly steps: readonly RouteStep[];
  /** Which value is the result of the whole, or which are the entries of it. */
  readonly result: Source | { readonly record: Readonly<Record<string, string>> };
}

/** Runs a route with synchronous kernels. `call` runs one kernel by name. */
export function runRouteSync(
  route: Route,
  args: LooseArgs,
  call: (kernel: string, args: LooseArgs) => LooseResult,
): LooseResult {
  const known = new Map<string, LooseResult | ArgumentValue | undefined>(Object.entries(args));
  for (const step of route.steps) known.set(step.as, call(step.kernel, stepArgs(step, known)));
  return finalResult(route, known);
}

/** Runs a route with kernels of any kind, one step after the other. */
export async function runRoute(
  route: Route,
  args: LooseArgs,
  call: (kernel: string, args: LooseArgs) => Promise<LooseResult>,
): Promise<LooseResult> {
  const known = new Map<string, LooseResult | ArgumentValue | undefined>(Object.entries(args));
  for (const step of route.steps) known.set(step.as, await call(step.kernel, stepArgs(step, known)));
  return finalResult(route, known);
}

type Known = ReadonlyMap<string, LooseResult | ArgumentValue | undefined>;

function stepArgs(step: RouteStep, known: Known): LooseArgs {
  const args: Record<string, ArgumentValue> = {};
  for (const [name, source] of Object.entries(step.args)) {
    const value = take(source, known);
    if (value !== undefined) args[name] = asArgument(value, step, name);
  }
  return args;
}

function finalResult({ result }: Route, known: Known): LooseResult {
  if (typeof result === 'string' || !('record' in result)) return resultFrom(result, known);
  const entries = Object.entries(result.record).map(([name, source]) => [name, resultFrom(source, known)]);
  return Object.fromEntries(entries);
}

function resultFrom(source: Source, known: Known): LooseResult {
  const value = take(source, known);
  if (value === undefined || isPair(value)) throw routeError('the result of the route is not among its values');
  return value;
}

function take(source: Source, known: Known): LooseResult | ArgumentValue | undefined {
  if (typeof source === 'string') {
    const [name = '', entry] = source.split('.');
    const value = known.get(name);
    return entry === undefined ? value : entryOf(value, entry);
  }
  const vector = take(originOf(source), known);
  if (vector === undefined || !isHostArray(vector)) throw routeError('only arrays on the host can be looked into');
  if ('largest' in source) return largest(vector.data);
  const shape = 'column' in source ? [...vector.shape, 1] : vector.shape.slice(0, -1);
  return { ...vector, shape };
}

function largest(data: ArrayLike<number>): number {
  let most = 0;
  for (let at = 0; at < data.length; at++) most = Math.max(most, Math.abs(data[at]));
  return most;
}

function entryOf(value: LooseResult | ArgumentValue | undefined, entry: string): LooseResult | undefined {
  if (typeof value !== 'object' || value === null || isPair(value) || isHostArray(value) || isHandle(value)) {
    return undefined;
  }
  return value[entry];
}

function asArgument(value: LooseResult | ArgumentValue, step: RouteStep, name: string): ArgumentValue {
  if (typeof value === 'number' || isPair(value) || isHostArray(value) || isHandle(value)) return value;
  throw routeError(`step ${step.kernel} was given a record as ${name}`);
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value);
}

function isHostArray(value: unknown): value is NdArray {
  return typeof value === 'object' && value !== null && 'dtype' in value && 'data' in value;
}

function routeError(what: string): WtildeError {
  return new WtildeError('InvalidContract', {
    what,
    where: 'route',
    remedy: 'correct the route of the descriptor',
  });
}
