import {
  type Backend,
  bindDataset,
  createValidator,
  findKernel,
  type KernelDescriptor,
  kernels,
  type LooseArgs,
  type LooseResult,
  type Precision,
  type Route,
  runRoute,
  type Sizes,
  type SyncBackend,
} from '@wtilde/core-types';
import { createResolver, type Fields } from '@wtilde/data';
import { kernelOf, syncKernelOf } from '../../backends/looseKernel.js';
import type { Progress } from '../../progress.js';
import { type Evidence, evidenceOf } from './evidence.js';
import { chooseFormulation } from './formulations.js';

/** The evidence of one backend and how it was computed. */
export interface Evaluation extends Evidence {
  readonly id: string;
  readonly precision: Precision;
  /** The vector instructions that computed, where the last digits depend on them. */
  readonly simd: string | undefined;
  /** Milliseconds of one likelihood: the fastest of the repeated calls where there are any, else the only one. */
  readonly ms: number;
  readonly repeated: number;
  /** Milliseconds of what was computed once for the dataset, such as W. */
  readonly preparationMs: number;
  /** The kernels that this took, by upstream name. */
  readonly prepared: readonly string[];
  /** The composite kernel, its arguments, and the description of W among them by its name in files. */
  readonly kernel: KernelDescriptor;
  readonly args: LooseArgs;
  readonly sizes: Sizes;
  readonly via: string;
}

export interface EvaluateOptions {
  readonly fields: Fields;
  readonly label: string;
  /** Computes arguments that are missing where the backend itself cannot, being asynchronous. */
  readonly helper: SyncBackend;
  readonly progress: Progress;
}

/** A first call that took this long has long been compiled; repeating it would tell nothing new. */
const longMs = 2000;
/** How often and how long shorter ones are repeated: enough to be compiled, too. */
const mostRepeated = 100;
const repeatMs = 400;

/** Computes W and whatever else is missing, then the evidence along its route, all on this backend. */
export async function evaluate(backend: Backend, options: EvaluateOptions): Promise<Evaluation> {
  const { fields, label, progress } = options;
  const preparer = backend.mode === 'sync' ? backend : options.helper;
  const prepared: string[] = [];
  let preparationMs = 0;
  const resolver = createResolver(fields, (name, args) => {
    const { upstream } = kernels[name];
    const onProgress = progress.step(`${preparer.id}: ${upstream}`);
    const started = performance.now();
    const result = syncKernelOf(preparer, name)(args, { onProgress });
    preparationMs += performance.now() - started;
    prepared.push(upstream);
    return result;
  });
  const { kernel, route, via, args: found } = chooseFormulation(resolver, fields, label);
  const { args, sizes } = createValidator(kernel).validate(found);

  const results = new Map<string, LooseResult>();
  const first = await timed(route, args, async (name, stepArgs) => {
    const onProgress = progress.step(`${backend.id}: ${findKernel(name).upstream}`);
    const result = await kernelOf(backend, name)(stepArgs, { onProgress });
    results.set(name, result);
    return result;
  });
  progress.stop();
  const again = repeatedLikelihood(backend, kernel, route, args);
  const times: number[] = [];
  for (let spent = first < longMs ? 0 : repeatMs; spent < repeatMs && times.length < mostRepeated; ) {
    const started = performance.now();
    await again();
    times.push(performance.now() - started);
    spent += times[times.length - 1];
  }

  return {
    id: backend.id,
    precision: backend.precision,
    simd: backend.info.simd,
    ...evidenceOf(results),
    ms: Math.min(...(times.length > 0 ? times : [first])),
    repeated: times.length,
    preparationMs,
    prepared,
    kernel,
    args,
    sizes,
    via,
  };
}

type Call = (kernel: string, args: LooseArgs) => Promise<LooseResult>;

/**
 * One likelihood for one more lens model: the composite kernel with all but the mapping bound, or its route where the
 * backend has no such kernel. The values of all arguments have been looked at before.
 */
function repeatedLikelihood(
  backend: Backend,
  kernel: KernelDescriptor,
  route: Route,
  args: LooseArgs,
): () => Promise<unknown> {
  const options = { check: 'shapes' } as const;
  if (!Object.hasOwn(backend.kernels, kernel.name)) {
    return () => runRoute(route, args, async (name, stepArgs) => await kernelOf(backend, name)(stepArgs, options));
  }
  const likelihood = bindDataset(kernelOf(backend, kernel.name), args);
  return async () => await likelihood(options);
}

/** Milliseconds of a route. */
async function timed(route: Route, args: LooseArgs, call: Call): Promise<number> {
  const started = performance.now();
  await runRoute(route, args, call);
  return performance.now() - started;
}
