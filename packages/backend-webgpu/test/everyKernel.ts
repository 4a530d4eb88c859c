import { createReferenceBackend } from '@wtilde/backend-reference';
import { type KernelDescriptor, kernelOf, kernels, type LooseArgs, type LooseKernel } from '@wtilde/core-types';
import { createOracle, defaultDatasets, type Oracle } from '@wtilde/testkit';
import type { WebgpuBackend } from '../src/index.js';
import * as implemented from '../src/kernels/index.js';

export const oracle: Oracle = createOracle(createReferenceBackend());
const [dataset] = defaultDatasets().filter(({ name }) => name === 'sma-like');

/** Every kernel that the backend has. */
export const everyKernel: readonly KernelDescriptor[] = Object.values(kernels).filter(({ name }) =>
  Object.hasOwn(implemented, name),
);

/** Arguments of a kernel, small ones. */
export function argumentsOf(kernel: KernelDescriptor): LooseArgs {
  return oracle.argumentsOf(dataset, kernel);
}

/** A kernel that the backend has, by its name. */
export function looseKernel(backend: WebgpuBackend, name: string): LooseKernel {
  const kernel = kernelOf(backend, name);
  if (kernel === undefined) throw new Error(`${backend.id} has no kernel ${name}`);
  return kernel;
}

/** The arguments with the numbers of some changed, in arrays of their own. */
export function changed(args: LooseArgs, change: (value: number, name: string) => number): LooseArgs {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) =>
      typeof value === 'object' && 'data' in value
        ? [name, { ...value, data: value.data.map((number) => change(number, name)) }]
        : [name, value],
    ),
  );
}
