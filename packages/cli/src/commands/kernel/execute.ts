import {
  appraised,
  type Backend,
  bindDataset,
  type Choice,
  type KernelDescriptor,
  type LooseArgs,
  type LooseKernel,
  type LooseResult,
  type Options,
  pick,
} from '@wtilde/core-types';
import type { Dispatcher, RunRecord } from '@wtilde/dispatch';
import { kernelOf, lacking } from '../../backends/looseKernel.js';

/** One call of a kernel that has been made. */
export interface Execution {
  readonly result: LooseResult;
  readonly ms: number;
  readonly backend: string;
  /** The method that ran, or `route` for a composite that ran along its steps. */
  readonly method: string;
  /** The vector instructions that computed, where the last digits depend on them. */
  readonly simd?: string | undefined;
  /** The same call with all but the mapping bound, without another look at the values. */
  again(): unknown;
}

/** Calls a kernel through a dispatcher. */
export async function execute(
  dispatcher: Dispatcher,
  descriptor: KernelDescriptor,
  args: LooseArgs,
  { onProgress, ...options }: Options,
): Promise<Execution> {
  const { name } = descriptor;
  if (dispatcher.backends.length === 1) await checkOffer(dispatcher.backends[0], descriptor, args, options);
  const started = performance.now();
  const { result, record } = await dispatcher.runByName(name, args, { onProgress, ...options });
  const ms = performance.now() - started;
  const unchecked: Options = { ...options, check: 'shapes' };
  const backend = dispatcher.backends.find(({ id }) => record.ran === 'whole' && id === record.backend);
  if (backend === undefined) {
    const again = () => dispatcher.runByName(name, args, unchecked);
    return { result, ms, backend: [...new Set(backendsOf(record))].join(', '), method: 'route', again };
  }
  // Timed without the dispatcher: what is asked for is the time of the kernel.
  const kernel = kernelOf(backend, name);
  const { method } = await choiceOf(kernel, args, options);
  const again = bindDataset(kernel, args);
  const { simd } = backend.info;
  return { result, ms, backend: backend.id, method, simd, again: () => again(unchecked) };
}

/** Where there is nothing to choose from, the errors of the backend say more than those of the choice. */
async function checkOffer(
  backend: Backend,
  { name, route }: KernelDescriptor,
  args: LooseArgs,
  options: Options,
): Promise<void> {
  if (route !== undefined && lacking(backend, [name]).length > 0) return;
  const kernel = kernelOf(backend, name);
  if (options.method !== undefined) await choiceOf(kernel, args, options);
}

/** What the backend chooses, asked of it: its methods may be in a worker. */
async function choiceOf(kernel: LooseKernel, args: LooseArgs, options: Options): Promise<Choice> {
  const { descriptor } = kernel;
  const sizes = kernel.sizesOf(args);
  return pick({ descriptor, methods: appraised(await kernel.appraise(sizes, options)) }, sizes, options);
}

function backendsOf(record: RunRecord): readonly string[] {
  return record.ran === 'whole' ? [record.backend] : record.steps.flatMap(backendsOf);
}
