/** Kernels of a backend for code that knows only at run time which one it calls: here their types are given up. */
import type { Appraisals } from './appraisal.js';
import type { Backend, SyncBackend } from './backend.js';
import type { KernelDescriptor, Sizes } from './descriptor.js';
import { WtildeError } from './errors.js';
import type { LooseResult } from './loose.js';
import type { Options } from './options.js';
import type { MethodFacts, Pickable } from './pick.js';

export type Eventually<T> = T | Promise<T>;

/** Arguments as a stranger might give them, wrong ones included: kernels validate what they are given. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Options likewise. */
export type LooseOptions = Options | Readonly<Record<string, unknown>>;

/** A kernel of either kind of backend, with results as they come. */
export interface LooseKernel<R = Eventually<LooseResult>> {
  (args: Arguments, options?: LooseOptions): R;
  readonly descriptor: KernelDescriptor;
  readonly methods: Readonly<Record<string, Partial<MethodFacts>>>;
  readonly limited: boolean;
  bind(fixed: Arguments): LooseBound<R>;
  sizesOf(args: Arguments): Sizes;
  appraise(sizes: Sizes, options?: LooseOptions): Eventually<Appraisals>;
}

/** {@link LooseKernel} of a synchronous backend: its methods are here. */
export interface LooseSyncKernel extends LooseKernel<LooseResult>, Pickable {
  readonly descriptor: KernelDescriptor;
  readonly methods: Readonly<Record<string, MethodFacts>>;
  appraise(sizes: Sizes, options?: LooseOptions): Appraisals;
}

export interface LooseBound<R = Eventually<LooseResult>> {
  (rest: Arguments, options?: LooseOptions): R;
  runMany(rests: readonly Arguments[], options?: LooseOptions): Eventually<readonly LooseResult[]>;
  dispose(): void;
}

/**
 * The kernel of this name, or undefined where the backend does not implement it. Throws InvalidContract where something
 * else stands under the name.
 */
export function kernelOf(backend: SyncBackend, name: string): LooseSyncKernel | undefined;
export function kernelOf(backend: Backend, name: string): LooseKernel | undefined;
export function kernelOf(backend: Backend, name: string): LooseKernel | undefined {
  const kernels: Readonly<Record<string, unknown>> = backend.kernels;
  const found = Object.hasOwn(kernels, name) ? kernels[name] : undefined;
  if (found === undefined || isLooseKernel(found)) return found;
  throw new WtildeError('InvalidContract', {
    what: 'what stands under the name of a kernel is none',
    where: `backend ${backend.id}, kernel ${name}`,
    expected: 'a function with descriptor, methods, limited, bind, sizesOf and appraise',
    actual: typeof found,
    remedy: 'make the backend with defineSyncBackend or defineAsyncBackend',
  });
}

function isLooseKernel(value: unknown): value is LooseKernel {
  const members = ['descriptor', 'methods', 'limited', 'bind', 'sizesOf', 'appraise'];
  return typeof value === 'function' && members.every((member) => Reflect.get(value, member) !== undefined);
}
