import {
  type Backend,
  isHandle,
  isRecord,
  type LooseArgs,
  type LooseResult,
  type Options,
  WtildeError,
} from '@wtilde/core-types';
import { type Eventually, kernelOf, type LooseBound, type LooseKernel } from '../loose.js';
import { listen, type PortLike } from './port.js';
import { isRequest, packError, type Reply, type Request, type SentOptions } from './protocol.js';

/**
 * Answers the calls of a page inside a worker: `serveBackend(createLoopsBackend(), self)`, or with the promise of a
 * backend, `serveBackend(createWasmBackend(), self)`: pass it as it is, so that nothing the page sends meanwhile is lost.
 * In Node the port is `parentPort` of node:worker_threads.
 *
 * Results travel without copying. Ends, disposing of the backend, when the page disposes of its side. A backend that
 * cannot be created is the error of the page's `createWorkerBackend`.
 */
export function serveBackend(backend: Backend | Promise<Backend>, port: PortLike): void {
  const early: Request[] = [];
  let serve = (request: Request): void => {
    early.push(request);
  };
  const stop = listen(
    port,
    (message) => {
      if (isRequest(message)) serve(message);
    },
    () => stop(),
  );
  const start = (ready: Backend): void => {
    serve = createServer(ready, port, stop);
    // The page's greeting is lost where this was called late.
    post(port, readyReply(ready), []);
    for (const request of early) serve(request);
  };
  if ('then' in backend) {
    backend.then(start, (error) => post(port, { wtilde: 1, type: 'unavailable', error: packError(error) }, []));
  } else start(backend);
}

function createServer(backend: Backend, port: PortLike, stop: () => void): (request: Request) => void {
  const bounds = new Map<number, ServedBound>();
  const signals = new Map<number, { aborted: boolean }>();

  function serve(request: Request): void {
    switch (request.type) {
      case 'hello':
        reply(readyReply(backend));
        return;
      case 'call':
        void answer(request, request.args, (options) => kernel(request.kernel)(request.args, options));
        return;
      case 'bind':
        bind(request);
        return;
      case 'callBound':
        void answer(request, { ...bounds.get(request.bound)?.fixed, ...request.rest }, (options) =>
          boundOf(request.bound)(request.rest, options),
        );
        return;
      case 'release':
        bounds.get(request.bound)?.bound?.dispose();
        bounds.delete(request.bound);
        return;
      case 'abort': {
        const signal = signals.get(request.id);
        if (signal !== undefined) signal.aborted = true;
        return;
      }
      case 'dispose':
        stop();
        backend.dispose?.();
        return;
    }
  }

  function kernel(name: string): LooseKernel {
    const found = kernelOf(backend, name);
    if (found !== undefined) return found;
    throw new WtildeError('UnsupportedKernel', {
      what: `backend ${backend.id} does not implement the kernel`,
      where: name,
      remedy: 'use another backend',
    });
  }

  function bind({ bound, kernel: name, fixed }: Extract<Request, { type: 'bind' }>): void {
    try {
      bounds.set(bound, { fixed, bound: kernel(name).bind(fixed) });
    } catch (error) {
      // Nobody waits for a bind: its error is that of the calls.
      bounds.set(bound, { fixed, error });
    }
  }

  function boundOf(id: number): LooseBound {
    const found = bounds.get(id);
    if (found?.bound !== undefined) return found.bound;
    throw (
      found?.error ??
      new WtildeError('Disposed', {
        what: 'the bound kernel has been disposed of',
        where: backend.id,
        remedy: 'bind again',
      })
    );
  }

  async function answer(
    { id, options, progress }: { readonly id: number; readonly options: SentOptions; readonly progress: boolean },
    inputs: LooseArgs,
    run: (options: Options) => Eventually<LooseResult>,
  ): Promise<void> {
    const signal = { aborted: false };
    signals.set(id, signal);
    const onProgress = (done: number, total: number) => reply({ wtilde: 1, type: 'progress', id, done, total });
    try {
      const result = await run({ ...options, signal, ...(progress ? { onProgress } : {}) });
      reply({ wtilde: 1, type: 'result', id, result }, buffersOf(result, inputs));
    } catch (error) {
      reply({ wtilde: 1, type: 'failure', id, error: packError(error) });
    } finally {
      signals.delete(id);
    }
  }

  function reply(message: Reply, transfer: readonly ArrayBuffer[] = []): void {
    post(port, message, transfer);
  }

  return serve;
}

/** A bound kernel, or the error of binding it. */
interface ServedBound {
  readonly fixed: LooseArgs;
  readonly bound?: LooseBound;
  readonly error?: unknown;
}

function readyReply(backend: Backend): Reply {
  const names = Object.keys(backend.kernels);
  const kernels = Object.fromEntries(names.map((name) => [name, Object.keys(kernelOf(backend, name)?.methods ?? {})]));
  const { id, precision, info } = backend;
  // A device stays on its side of the worker.
  return { wtilde: 1, type: 'ready', id, precision, info: { ...info, deviceMemory: false }, kernels };
}

/** The buffers of a result that nobody else looks at. */
function buffersOf(result: LooseResult, inputs: LooseArgs): readonly ArrayBuffer[] {
  const given = new Set(Object.values(inputs).flatMap((value) => bufferOf(value) ?? []));
  const leaves = isRecord(result) ? Object.values(result) : [result];
  const buffers = leaves.flatMap((leaf) => bufferOf(leaf) ?? []);
  return [...new Set(buffers)].filter((buffer) => !given.has(buffer));
}

function bufferOf(value: unknown): ArrayBuffer | undefined {
  if (typeof value !== 'object' || value === null || isHandle(value) || !('data' in value)) return undefined;
  const { data } = value;
  // A view of something larger, such as the memory of a module, must be copied.
  if (!ArrayBuffer.isView(data) || !(data.buffer instanceof ArrayBuffer)) return undefined;
  return data.byteLength === data.buffer.byteLength ? data.buffer : undefined;
}

function post(port: PortLike, message: Reply, transfer: readonly ArrayBuffer[]): void;
function post(
  port: { postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void },
  message: Reply,
  transfer: readonly ArrayBuffer[],
): void {
  port.postMessage(message, transfer);
}
