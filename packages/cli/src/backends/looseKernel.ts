/** Kernels of a backend for code that knows only at run time which one it calls. */
import {
  type Backend,
  kernelOf as found,
  type LooseKernel,
  type LooseSyncKernel,
  type SyncBackend,
  WtildeError,
} from '@wtilde/core-types';

/** The kernel of this name, for `await`. Throws UnsupportedKernel where the backend does not have it. */
export function kernelOf(backend: Backend, name: string): LooseKernel {
  return found(backend, name) ?? fail(backend, name);
}

/** The kernel of this name of a backend that returns at once. Throws UnsupportedKernel where it does not have it. */
export function syncKernelOf(backend: SyncBackend, name: string): LooseSyncKernel {
  return found(backend, name) ?? fail(backend, name);
}

/** The names of the kernels among these that the backend does not have. */
export function lacking(backend: Backend, names: readonly string[]): readonly string[] {
  return names.filter((name) => !Object.hasOwn(backend.kernels, name));
}

function fail(backend: Backend, name: string): never {
  throw new WtildeError('UnsupportedKernel', {
    what: `the backend does not have the kernel ${name}`,
    where: `backend ${backend.id}`,
    expected: Object.keys(backend.kernels).join(', '),
    actual: name,
    remedy: 'choose another backend; wtilde diff shows which one has what',
  });
}
