/** Kernels of a backend for code that knows only at run time which one it calls. */
import {
  type Backend,
  type LooseArgs,
  type LooseResult,
  type Options,
  type Pickable,
  type Sizes,
  type SyncBackend,
  WtildeError,
} from '@wtilde/core-types';

/** A kernel blind to its types; its own validation looks at what it is given. */
export interface LooseKernel<R> extends Pickable {
  (args: LooseArgs, options?: Options): R;
  bind(fixed: LooseArgs): (rest: LooseArgs, options?: Options) => R;
  sizesOf(args: LooseArgs): Sizes;
}

type SyncOrAsync = LooseResult | Promise<LooseResult>;

/** The kernel of this name, for `await`. Throws UnsupportedKernel where the backend does not have it. */
export function kernelOf(backend: Backend, name: string): LooseKernel<SyncOrAsync> {
  return find<SyncOrAsync>(backend, name);
}

/** The kernel of this name of a backend that returns at once. Throws UnsupportedKernel where it does not have it. */
export function syncKernelOf(backend: SyncBackend, name: string): LooseKernel<LooseResult> {
  return find<LooseResult>(backend, name);
}

/** The names of the kernels among these that the backend does not have. */
export function lacking(backend: Backend, names: readonly string[]): readonly string[] {
  return names.filter((name) => !Object.hasOwn(backend.kernels, name));
}

function find<R>(backend: Backend, name: string): LooseKernel<R> {
  const kernels: Readonly<Record<string, unknown>> = backend.kernels;
  const kernel = Object.hasOwn(kernels, name) ? kernels[name] : undefined;
  if (isKernel<R>(kernel)) return kernel;
  throw new WtildeError('UnsupportedKernel', {
    what: `the backend does not have the kernel ${name}`,
    where: `backend ${backend.id}`,
    expected: Object.keys(kernels).join(', '),
    actual: name,
    remedy: 'choose another backend; wtilde diff shows which one has what',
  });
}

/** What `R` is follows from the mode of the backend, which the callers above know. */
function isKernel<R>(value: unknown): value is LooseKernel<R> {
  return typeof value === 'function' && 'descriptor' in value && 'methods' in value;
}
