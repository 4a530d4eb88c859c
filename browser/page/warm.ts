/** How long a warm evidence takes on a page, and through a worker: see measure.ts. */
import { createWasmBackend } from '@wtilde/backend-wasm';
import { createWorkerBackend } from '@wtilde/dispatch/worker';
import { warmMilliseconds } from './warmEvidence.js';

export interface WarmResult {
  readonly onPage: number;
  readonly throughWorker: number;
}

async function run(): Promise<WarmResult> {
  const onPage = await warmMilliseconds(await createWasmBackend({ threads: 1 }));
  const worker = new Worker(new URL('./warmWorker.ts', import.meta.url), { type: 'module' });
  return { onPage, throughWorker: await warmMilliseconds(await createWorkerBackend(worker)) };
}

Object.assign(globalThis, { warm: await run() });
