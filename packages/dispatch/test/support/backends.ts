/** Backends that stand in for others. */
import { createReferenceBackend } from '@wtilde/backend-reference';
import {
  type AsyncBackend,
  type AsyncImplementations,
  defineAsyncBackend,
  defineSyncBackend,
  type Handle,
  isHandle,
  isRecord,
  type KernelName,
  kernelNames,
  kernelOf,
  kernels,
  type LooseArgs,
  type LooseResult,
  type MethodFacts,
  type NdArray,
  type Precision,
  type RunContext,
  type SyncBackend,
  type SyncImplementations,
} from '@wtilde/core-types';

type Run = (
  args: LooseArgs,
  kernel: (args: LooseArgs) => LooseResult,
  context: RunContext,
  name: string,
) => LooseResult;

interface Shape {
  readonly id: string;
  readonly precision?: Precision;
  /** Which kernels it has; default: all that its precision allows. */
  readonly only?: readonly KernelName[];
  readonly without?: readonly KernelName[];
  readonly run?: Run;
  readonly facts?: Partial<MethodFacts>;
  /** What its methods are called. Default: direct. */
  readonly method?: string;
  readonly calls?: string[];
}

/** The reference under another name, with kernels missing, a precision of its own, or results changed. */
export function likeReference(shape: Shape): SyncBackend {
  return defineSyncBackend({
    id: shape.id,
    precision: shape.precision ?? 'float64',
    info: { summary: 'a double', deviceMemory: false },
    implementations: syncImplementations(methodsOf(shape), shape),
  });
}

/** {@link likeReference} with promises and a device that is the host. */
export function likeReferenceAsync(shape: Shape): AsyncBackend {
  const methods = Object.fromEntries(
    Object.entries(methodsOf(shape)).map(([name, run]) => [
      name,
      async (args: LooseArgs, context: RunContext): Promise<LooseResult> => {
        const host: Record<string, LooseArgs[string]> = {};
        for (const [argument, value] of Object.entries(args))
          host[argument] = isHandle(value) ? await value.toHost() : value;
        const result = run(host, context);
        return context.options.keep === 'device' ? onDevice(shape.id, result) : result;
      },
    ]),
  );
  return defineAsyncBackend({
    id: shape.id,
    precision: shape.precision ?? 'float64',
    info: { summary: 'a double', deviceMemory: true },
    implementations: asyncImplementations(methods, shape),
  });
}

function methodsOf({ precision = 'float64', only = kernelNames(), without = [], run, calls }: Shape) {
  const reference = createReferenceBackend();
  const names = only.filter(
    (name) => !without.includes(name) && (precision === 'float64' || kernels[name].minimumPrecision === 'float32'),
  );
  return Object.fromEntries(
    names.map((name) => [
      name,
      (args: LooseArgs, context: RunContext): LooseResult => {
        calls?.push(name);
        const kernel = kernelOf(reference, name);
        if (kernel === undefined) throw new Error(`no kernel ${name}`);
        return run === undefined ? kernel(args) : run(args, kernel, context, name);
      },
    ]),
  );
}

/** Arguments and results rounded to float32, as a float32 backend cannot avoid. */
export const rounding: Run = (args, kernel) => {
  const rounded: Record<string, LooseArgs[string]> = {};
  for (const [name, value] of Object.entries(args)) rounded[name] = isHostArray(value) ? roundArray(value) : value;
  const result = kernel(rounded);
  if (isHostArray(result)) return roundArray(result);
  if (!isRecord(result)) return result;
  const leaves = Object.entries(result).map(([name, leaf]) => [name, isHostArray(leaf) ? roundArray(leaf) : leaf]);
  return Object.fromEntries(leaves);
};

function roundArray(array: NdArray): NdArray {
  return array.data instanceof Float64Array ? Object.assign({}, array, { data: array.data.map(Math.fround) }) : array;
}

function onDevice(backend: string, result: LooseResult): LooseResult {
  if (!isHostArray(result)) return result;
  const handle: Handle = {
    dtype: result.dtype,
    shape: result.shape,
    backend,
    toHost: () => Promise.resolve(result),
    dispose() {},
  };
  return handle;
}

export function isHostArray(value: unknown): value is NdArray {
  return typeof value === 'object' && value !== null && 'dtype' in value && 'data' in value;
}

type Named = Pick<Shape, 'facts' | 'method'>;
type LooseRun<R> = Readonly<Record<string, (args: LooseArgs, context: RunContext) => R>>;

function implementationsOf<R>(runs: LooseRun<R>, { facts, method = 'direct' }: Named): object {
  const cost = () => ({ flops: 1, bytes: 0 });
  return Object.fromEntries(
    Object.entries(runs).map(([name, run]) => [name, { methods: { [method]: { cost, run, ...facts } } }]),
  );
}

function syncImplementations(runs: LooseRun<LooseResult>, named: Named): SyncImplementations;
function syncImplementations(runs: LooseRun<LooseResult>, named: Named): object {
  return implementationsOf(runs, named);
}

function asyncImplementations(runs: LooseRun<Promise<LooseResult>>, named: Named): AsyncImplementations;
function asyncImplementations(runs: LooseRun<Promise<LooseResult>>, named: Named): object {
  return implementationsOf(runs, named);
}
