/** Kernels of a backend as code sees them that only knows their names at run time. */
import type {
  Appraisals,
  Backend,
  KernelDescriptor,
  LooseArgs,
  LooseResult,
  MethodFacts,
  Options,
  Sizes,
} from '@wtilde/core-types';

export type Eventually<T> = T | Promise<T>;

export interface LooseKernel {
  (args: LooseArgs, options?: Options): Eventually<LooseResult>;
  readonly descriptor: KernelDescriptor;
  readonly methods: Readonly<Record<string, Partial<MethodFacts>>>;
  readonly limited: boolean;
  bind(fixed: LooseArgs): LooseBound;
  sizesOf(args: LooseArgs): Sizes;
  appraise(sizes: Sizes, options?: Options): Eventually<Appraisals>;
}

export interface LooseBound {
  (rest: LooseArgs, options?: Options): Eventually<LooseResult>;
  dispose(): void;
}

/** The kernel of this name, or undefined where the backend does not implement it. */
export function kernelOf(backend: Backend, name: string): LooseKernel | undefined {
  const kernels = looseKernels(backend);
  return Object.hasOwn(kernels, name) ? kernels[name] : undefined;
}

function looseKernels(backend: Backend): Readonly<Record<string, LooseKernel | undefined>>;
function looseKernels(backend: Backend): object {
  return backend.kernels;
}
