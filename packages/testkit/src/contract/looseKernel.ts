/** Kernels whose name is only known at run time: the one place where their types are given up. */
import {
  type Appraisals,
  type Backend,
  isHandle,
  type KernelDescriptor,
  type LooseResult,
  type MethodFacts,
  type Sizes,
} from '@wtilde/core-types';
import { CheckFailed } from '../checkFailed.js';

/** Arguments as a stranger might give them, wrong ones included. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Options likewise. */
export type LooseOptions = Readonly<Record<string, unknown>>;

/** A kernel of either kind of backend. */
export interface LooseKernel {
  (args: Arguments, options?: LooseOptions): unknown;
  readonly descriptor: KernelDescriptor;
  readonly methods: Readonly<Record<string, Partial<MethodFacts>>>;
  bind(fixed: Arguments): LooseBound;
  sizesOf(args: Arguments): Sizes;
  appraise(sizes: Sizes, options?: LooseOptions): Appraisals | Promise<Appraisals>;
}

export interface LooseBound {
  (rest: Arguments, options?: LooseOptions): unknown;
  dispose(): void;
}

/** The kernel of that name, or undefined where the backend has none. */
export function kernelOf(backend: Backend, name: string): LooseKernel | undefined {
  const kernels: Readonly<Record<string, unknown>> = backend.kernels;
  const kernel = Object.hasOwn(kernels, name) ? kernels[name] : undefined;
  if (kernel === undefined || isLooseKernel(kernel)) return kernel;
  throw new CheckFailed(`${backend.id} has no proper kernel under the name ${name}: define it with defineSyncBackend`);
}

/** What a kernel returns, once it is there; rejects where that is neither an array, a number nor a record. */
export async function resultOf(returned: unknown): Promise<LooseResult> {
  const result = await returned;
  if (isLooseResult(result)) return result;
  throw new CheckFailed(`a kernel returned ${String(result)}, which is no result`);
}

/** True for a promise of any make. */
export function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function isLooseKernel(value: unknown): value is LooseKernel {
  return (
    typeof value === 'function' &&
    ['descriptor', 'methods', 'bind', 'sizesOf', 'appraise'].every((member) => Reflect.get(value, member) !== undefined)
  );
}

/** True for an array, a number or a record of them. */
export function isLooseResult(value: unknown): value is LooseResult {
  if (typeof value === 'number') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return isLeaf(value) || Object.values(value).every((entry) => typeof entry === 'number' || isLeaf(entry));
}

function isLeaf(value: unknown): boolean {
  return isHandle(value) || (typeof value === 'object' && value !== null && 'dtype' in value && 'data' in value);
}
