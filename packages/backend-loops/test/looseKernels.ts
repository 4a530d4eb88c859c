import { kernelOf, type LooseSyncKernel, type SyncBackend } from '@wtilde/core-types';

/** A kernel that the backend has, by its name. */
export function looseKernel(backend: SyncBackend, name: string): LooseSyncKernel {
  const kernel = kernelOf(backend, name);
  if (kernel === undefined) throw new Error(`${backend.id} has no kernel ${name}`);
  return kernel;
}
