import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type KernelDescriptor,
  kernels,
  type LooseArgs,
  type LooseResult,
  type MethodFacts,
  type Options,
} from '@wtilde/core-types';
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

interface Kernel {
  (args: LooseArgs, options?: Options): Promise<LooseResult>;
  readonly methods: Readonly<Record<string, MethodFacts>>;
  bind(fixed: LooseArgs): { (rest: LooseArgs): Promise<LooseResult>; dispose(): void };
}

export function kernelsOf(backend: WebgpuBackend): Readonly<Record<string, Kernel>>;
export function kernelsOf({ kernels: own }: WebgpuBackend): object {
  return own;
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
