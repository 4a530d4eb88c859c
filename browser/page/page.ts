/** What the test looks at: the evidence on the page itself and in a worker, and whether the page stayed alive. */
import { createLoopsBackend } from '@wtilde/backend-loops';
import { createWasmBackend } from '@wtilde/backend-wasm';
import { createWebgpuBackend } from '@wtilde/backend-webgpu';
import type { Backend, LooseArgs } from '@wtilde/core-types';
import { createDispatcher } from '@wtilde/dispatch';
import { createWorkerBackend } from '@wtilde/dispatch/worker';
import { bundledArgs, evidenceArgs } from './evidence.js';

export interface PageResult {
  readonly onPage: unknown;
  readonly inWorker: unknown;
  /** Timer ticks of the page before the busy worker had answered; the fifth lets the worker go on. */
  readonly ticks: number;
  readonly events: readonly string[];
  readonly errorCode: unknown;
  /** backend-wasm on the page itself, where only one thread is allowed, and with threads in a worker. */
  readonly wasm: {
    readonly onPage: unknown;
    readonly threadsOnPage: unknown;
    readonly inWorker: unknown;
    readonly threadsInWorker: unknown;
  };
  /** The evidence of the bundled dataset with F from the GPU and the rest from backend-loops. */
  readonly webgpu: {
    readonly adapter: unknown;
    readonly evidence: unknown;
    readonly error: number | undefined;
    readonly steps: readonly string[];
  };
}

async function run(): Promise<PageResult> {
  const events: string[] = [];
  const args = evidenceArgs();
  const name = 'logLikelihoodFunctionViaWCompactFrom';

  const onPage = createDispatcher({ backends: [createLoopsBackend()], onEvent: ({ type }) => events.push(type) });
  const { result } = await onPage.runByName(name, args);

  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const inWorker = createDispatcher({
    backends: [await createWorkerBackend(worker, { timeout: Number.POSITIVE_INFINITY })],
  });
  const busyUntil = new Int32Array(new SharedArrayBuffer(4));
  worker.postMessage({ busyUntil });
  let ticks = 0;
  const timer = setInterval(() => {
    if (++ticks < 5) return;
    clearInterval(timer);
    Atomics.store(busyUntil, 0, 1);
    Atomics.notify(busyUntil, 0);
  });
  const { result: remote } = await inWorker.runByName(name, args);
  const ticksBefore = ticks;

  const errorCode = await inWorker.runByName(name, { ...args, pixels: -1 }).catch((error) => error.code);
  worker.terminate();
  return {
    onPage: result,
    inWorker: remote,
    ticks: ticksBefore,
    events,
    errorCode,
    wasm: await runWasm(args),
    webgpu: await runWebgpu(),
  };
}

async function runWasm(args: LooseArgs): Promise<PageResult['wasm']> {
  const here = await createWasmBackend({ threads: 3 });
  const worker = new Worker(new URL('./wasmWorker.ts', import.meta.url), { type: 'module' });
  const there = await createWorkerBackend(worker, { timeout: Number.POSITIVE_INFINITY });
  const evidence = async (backend: Backend) =>
    (await createDispatcher({ backends: [backend] }).runByName('logLikelihoodFunctionViaWCompactFrom', args)).result;
  const results = {
    onPage: await evidence(here),
    threadsOnPage: here.info.threads,
    inWorker: await evidence(there),
    threadsInWorker: there.info.threads,
  };
  here.dispose?.();
  there.dispose?.();
  worker.terminate();
  return results;
}

async function runWebgpu(): Promise<PageResult['webgpu']> {
  const file = await fetch(new URL('../../packages/data/bundled/inputs.npz', import.meta.url));
  const args = bundledArgs(new Uint8Array(await file.arrayBuffer()));
  const gpu = await createWebgpuBackend();
  const dispatcher = createDispatcher({
    backends: [createLoopsBackend(), gpu],
    precision: { curvatureMatrix: 'float32' },
  });
  const { result, record } = await dispatcher.runByName('logLikelihoodFunctionViaWCompactFrom', args);
  const steps = record.ran === 'composed' ? record.steps : [];
  const evidence = {
    adapter: gpu.info.summary,
    evidence: result,
    error: record.ran === 'composed' ? record.errorEstimate?.error : undefined,
    steps: steps.map((step) => `${step.kernel} on ${step.ran === 'whole' ? step.backend : 'several'}`),
  };
  gpu.dispose?.();
  return evidence;
}

run().then(
  (result) => Object.assign(globalThis, { result }),
  (error) => Object.assign(globalThis, { result: { error: String(error) } }),
);
