import { allKernels, type Backend } from '@wtilde/core-types';
import { kernelOf, lacking } from '../backends/looseKernel.js';
import { table } from './table.js';

/** Every kernel with the methods that each backend has for it; '-' where a backend does not have the kernel. */
export function methodTable(backends: readonly Backend[]): string {
  const rows = allKernels().map(({ number, name, upstream }) => [
    String(number),
    upstream,
    ...backends.map((backend) => methodsOf(backend, name).join(', ') || '-'),
  ]);
  return table([['#', 'kernel', ...backends.map(({ id }) => id)], ...rows], new Set([0]));
}

/** The methods of a kernel, none where the backend does not have it. */
export function methodsOf(backend: Backend, name: string): readonly string[] {
  return lacking(backend, [name]).length > 0 ? [] : Object.keys(kernelOf(backend, name).methods);
}
