/** Collects what the suites in the worker say. */
const suites: Record<string, unknown> = {};
const worker = new Worker(new URL('./suiteWorker.ts', import.meta.url), { type: 'module' });
worker.addEventListener('message', ({ data }) => {
  if (data === 'done') Object.assign(globalThis, { suites });
  else suites[data.name] = data.result;
});
worker.addEventListener('error', ({ message }) =>
  Object.assign(globalThis, { suites: { ...suites, failed: message } }),
);
worker.postMessage('run');
