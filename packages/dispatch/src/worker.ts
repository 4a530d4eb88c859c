/** Kernels in a worker, so that a page stays alive: `serveBackend` on one side, `createWorkerBackend` on the other. */
export { createWorkerBackend, createWorkerPool, type WorkerBackendOptions } from './worker/createWorkerBackend.js';
export type { PortLike } from './worker/port.js';
export { serveBackend } from './worker/serveBackend.js';
