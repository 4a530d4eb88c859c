/** Collects what the suites say: those in a worker, and those here over backends in workers. */
import { createWorkerBackend, createWorkerPool } from '@wtilde/dispatch/worker';
import { runSuite, type SuiteResult } from './suite.js';

const inWorker = (): Promise<Readonly<Record<string, SuiteResult>>> =>
  new Promise((resolve, reject) => {
    const results: Record<string, SuiteResult> = {};
    const worker = new Worker(new URL('./suiteWorker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }) => {
      if (data === 'done') resolve(results);
      else results[data.name] = data.result;
    });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage('run');
  });

const patient = { timeout: Number.POSITIVE_INFINITY };
const loops = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

async function run(): Promise<object> {
  const suites = await inWorker();
  return {
    ...suites,
    'loops in a worker': await runSuite(() => createWorkerBackend(loops(), patient)),
    'loops in two workers': await runSuite(() => createWorkerPool([loops(), loops()], patient)),
  };
}

run().then(
  (suites) => Object.assign(globalThis, { suites }),
  (error) => Object.assign(globalThis, { suites: { failed: String(error) } }),
);
