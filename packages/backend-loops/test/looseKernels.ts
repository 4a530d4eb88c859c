/** The kernels of a backend by name, for loops over all of them: the one place where their types are given up. */
import type {
  KernelDescriptor,
  LooseArgs,
  LooseResult,
  MethodFacts,
  Options,
  Sizes,
  SyncBackend,
} from '@wtilde/core-types';

export interface LooseKernel {
  (args: LooseArgs, options?: Options): LooseResult;
  readonly descriptor: KernelDescriptor;
  readonly methods: Readonly<Record<string, MethodFacts>>;
  bind(fixed: LooseArgs): LooseBound;
  sizesOf(args: LooseArgs): Sizes;
}

interface LooseBound {
  (rest: LooseArgs, options?: Options): LooseResult;
  dispose(): void;
}

/** A kernel of a backend by its name. */
export function looseKernel(backend: SyncBackend, name: string): LooseKernel {
  const kernel: unknown = Object.entries(backend.kernels).find(([key]) => key === name)?.[1];
  if (!isLooseKernel(kernel)) throw new Error(`${backend.id} has no kernel ${name}`);
  return kernel;
}

function isLooseKernel(value: unknown): value is LooseKernel {
  return typeof value === 'function' && 'descriptor' in value && 'methods' in value && 'bind' in value;
}
