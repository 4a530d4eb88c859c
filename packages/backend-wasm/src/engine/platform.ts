import { workerProgram } from '../generated/workerProgram.js';
import type { WorkerJob } from './worker.js';

/** A started worker thread. */
export interface WorkerHandle {
  /** Settles when it has its instance, or fails. */
  readonly ready: Promise<void>;
  end(): void;
}

/** What threads need of the platform. */
export interface Platform {
  readonly cores: number;
  start(job: WorkerJob): WorkerHandle;
}

/** The threads of this platform, or why there are none. */
export function findPlatform(): Platform | string {
  return nodePlatform() ?? browserPlatform();
}

/** Node, without an import that bundlers for browsers would stumble over. */
function nodePlatform(): Platform | undefined {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return undefined;
  const threads = process.getBuiltinModule('node:worker_threads');
  const os = process.getBuiltinModule('node:os');
  if (threads === undefined || os === undefined) return undefined;
  const program = `${workerProgram}
const { parentPort, workerData } = require('node:worker_threads');
serve(workerData, () => parentPort.postMessage('ready'));`;
  return {
    cores: os.availableParallelism(),
    start(job) {
      const worker = new threads.Worker(program, { eval: true, workerData: job, execArgv: [] });
      const ready = new Promise<void>((resolve, reject) => {
        worker.once('message', () => {
          worker.unref();
          resolve();
        });
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('it has ended')));
      });
      // The job on which it sleeps tells it to end; this makes sure.
      return { ready, end: () => void worker.terminate() };
    },
  };
}

const blocked =
  'the Content Security Policy of the page forbids workers from blobs: allow blob: in its worker-src, or ask for one thread';

/** Browsers: only a worker may block, and only cross-origin isolated pages share memory. */
function browserPlatform(): Platform | string {
  if (typeof Worker === 'undefined' || typeof navigator === 'undefined') return 'no worker threads here';
  if (!globalThis.crossOriginIsolated) return 'the page is not cross-origin isolated';
  if ('document' in globalThis) return 'the main thread of a page must not block: create the backend in a worker';
  const program = `${workerProgram}
onmessage = ({ data }) => serve(data, () => postMessage('ready'));`;
  return {
    cores: navigator.hardwareConcurrency,
    start(job) {
      const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
      const worker = new Worker(url);
      const ready = new Promise<void>((resolve, reject) => {
        worker.onmessage = () => resolve();
        // Without a message it was not even loaded.
        worker.onerror = ({ message }) => reject(new Error(message || blocked));
      }).finally(() => URL.revokeObjectURL(url));
      worker.postMessage(job);
      return { ready, end: () => worker.terminate() };
    },
  };
}
