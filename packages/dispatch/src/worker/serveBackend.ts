import {
  type ArgumentValue,
  type Backend,
  isHandle,
  isRecord,
  kernelOf,
  type LooseArgs,
  type LooseBound,
  type LooseKernel,
  type LooseResult,
  type NdArray,
  type Options,
  packError,
  type ResultLeaf,
  WtildeError,
} from '@wtilde/core-types';
import { parcel } from './parcel.js';
import { listen, type PortLike, post } from './port.js';
import type { Reply, Request, SentKernel, SentOptions } from './protocol.js';
import { readRequest } from './reading.js';
import { createServedAccumulators } from './servedAccumulators.js';

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
    if (request.type === 'hello') reply(port, { wtilde: 1, type: 'starting' });
    else early.push(request);
  };
  const stop = listen(
    port,
    (message) => {
      const read = readRequest(message);
      if (read.kind === 'ours') serve(read.message);
      else if (read.kind === 'malformed') refuse(port, message);
    },
    () => stop(),
  );
  const start = (ready: Backend): void => {
    serve = createServer(ready, port, stop);
    // The page's greeting is lost where this was called late.
    reply(port, readyReply(ready));
    for (const request of early) serve(request);
  };
  const giveUp = (cause: unknown): void => {
    const unavailable: Reply = { wtilde: 1, type: 'unavailable', error: packError(cause) };
    serve = ({ type }) => {
      if (type === 'hello') reply(port, unavailable);
    };
    reply(port, unavailable);
  };
  if ('then' in backend) {
    reply(port, { wtilde: 1, type: 'starting' });
    backend.then(start, giveUp);
  } else start(backend);
}

/** Nobody shall wait for the answer to a message that makes no sense. */
function refuse(port: PortLike, message: unknown): void {
  const id: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, 'id') : undefined;
  if (typeof id !== 'string') return;
  const error = new WtildeError('InvalidContract', {
    what: 'the worker does not understand the message',
    where: 'serveBackend',
    remedy: 'use one version of @wtilde/dispatch on both sides',
  });
  reply(port, { wtilde: 1, type: 'failure', id, error: packError(error) });
}

function createServer(backend: Backend, port: PortLike, stop: () => void): (request: Request) => void {
  const bounds = new Map<string, ServedBound>();
  const accumulators = createServedAccumulators(backend);
  const signals = new Map<string, { aborted: boolean }>();

  function serve(request: Request): void {
    switch (request.type) {
      case 'hello':
        reply(port, readyReply(backend));
        return;
      case 'call':
        void compute(request, async (options) =>
          resultReply(request.id, await kernel(request.kernel)(request.args, options), dataIn(request.args)),
        );
        return;
      case 'bind':
        bind(request);
        return;
      case 'callBound':
        void compute(request, async (options) => {
          const { bound, fixed } = boundOf(request.bound);
          return resultReply(request.id, await bound(request.rest, options), dataIn(fixed, request.rest));
        });
        return;
      case 'callBoundMany':
        void compute(request, async (options) => {
          const { bound, fixed } = boundOf(request.bound);
          const results = await bound.runMany(request.rests, options);
          const taken = dataIn(fixed, ...request.rests);
          const moved = results.map((result) => own(result, taken));
          const reply: Reply = {
            wtilde: 1,
            type: 'results',
            id: request.id,
            results: moved.map((each) => each.result),
          };
          return [reply, moved.flatMap(({ buffers }) => buffers)];
        });
        return;
      case 'appraise':
        void answer(request.id, async () => {
          const appraisals = await kernel(request.kernel).appraise(request.sizes, request.options);
          return [{ wtilde: 1, type: 'appraisals', id: request.id, appraisals }];
        });
        return;
      case 'accumulate':
        accumulators.create(request.accumulator, request.spec);
        return;
      case 'add':
        void answer(request.id, async () => {
          await accumulators.get(request.accumulator).add(request.chunk);
          return [{ wtilde: 1, type: 'added', id: request.id }];
        });
        return;
      case 'merge':
        void answer(request.id, async () => {
          await accumulators.get(request.accumulator).merge(accumulators.get(request.other));
          return [{ wtilde: 1, type: 'added', id: request.id }];
        });
        return;
      case 'finish':
        void answer(request.id, async () => {
          const { wCompact, dirtyImage, chiSquared0, noiseNormalization, visibilityCount, flaggedCount } =
            await accumulators.get(request.accumulator).finish();
          // Copies: an accumulator may go on with what it hands out.
          const { content, buffers } = parcel({ wCompact, dirtyImage });
          const sums = { ...content, chiSquared0, noiseNormalization, visibilityCount, flaggedCount };
          return [{ wtilde: 1, type: 'sums', id: request.id, sums }, buffers];
        });
        return;
      case 'forget':
        accumulators.forget(request.accumulator);
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

  function boundOf(id: string): { readonly bound: LooseBound; readonly fixed: LooseArgs } {
    const found = bounds.get(id);
    if (found?.bound !== undefined) return { bound: found.bound, fixed: found.fixed };
    throw (
      found?.error ??
      new WtildeError('Disposed', {
        what: 'the bound kernel has been disposed of',
        where: backend.id,
        remedy: 'bind again',
      })
    );
  }

  /** Nobody waits in vain: what goes wrong is an answer, too. */
  async function answer(id: string, make: () => Promise<Answer>): Promise<void> {
    try {
      reply(port, ...(await make()));
    } catch (error) {
      reply(port, { wtilde: 1, type: 'failure', id, error: packError(error) });
    }
  }

  async function compute(
    { id, options, progress }: { readonly id: string; readonly options: SentOptions; readonly progress: boolean },
    run: (options: Options) => Promise<Answer>,
  ): Promise<void> {
    const signal = { aborted: false };
    signals.set(id, signal);
    const onProgress = (done: number, total: number) => reply(port, { wtilde: 1, type: 'progress', id, done, total });
    await answer(id, () => run({ ...options, signal, ...(progress ? { onProgress } : {}) }));
    signals.delete(id);
  }

  return serve;
}

/** A reply, and the buffers that move with it. */
type Answer = readonly [reply: Reply, transfer?: readonly ArrayBuffer[]];

/** A bound kernel, or the error of binding it. */
interface ServedBound {
  readonly fixed: LooseArgs;
  readonly bound?: LooseBound;
  readonly error?: unknown;
}

function readyReply(backend: Backend): Reply {
  const names = Object.keys(backend.kernels);
  const kernels = Object.fromEntries(
    names.map((name): [string, SentKernel] => {
      const { methods = {}, limited = false } = kernelOf(backend, name) ?? {};
      return [name, { methods: Object.keys(methods), limited }];
    }),
  );
  const accumulates = backend.createAccumulator !== undefined;
  const { id, precision, info } = backend;
  // A device stays on its side of the worker.
  return { wtilde: 1, type: 'ready', id, precision, info: { ...info, deviceMemory: false }, kernels, accumulates };
}

/**
 * A result whose buffers all move. What others look at too, an argument or a view of something larger such as the memory
 * of a module, moves as a copy: cloning would take all of the larger thing.
 */
function own(
  result: LooseResult,
  taken: Set<ArrayBufferLike>,
): { readonly result: LooseResult; readonly buffers: readonly ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const alone = (leaf: ResultLeaf): ResultLeaf => {
    const data = dataOf(leaf);
    if (data === undefined || typeof leaf === 'number' || isHandle(leaf)) return leaf;
    const whole = data.byteLength === data.buffer.byteLength && !taken.has(data.buffer);
    const mine = whole ? data : data.slice();
    taken.add(mine.buffer);
    if (mine.buffer instanceof ArrayBuffer) buffers.push(mine.buffer);
    return { ...leaf, data: mine };
  };
  const moved = isRecord(result)
    ? Object.fromEntries(Object.entries(result).map(([name, leaf]) => [name, alone(leaf)]))
    : alone(result);
  return { result: moved, buffers };
}

/** The buffers of arguments. */
function dataIn(...inputs: readonly LooseArgs[]): Set<ArrayBufferLike> {
  return new Set(inputs.flatMap((args) => Object.values(args).flatMap((value) => dataOf(value)?.buffer ?? [])));
}

function resultReply(id: string, given: LooseResult, taken: Set<ArrayBufferLike>): Answer {
  const { result, buffers } = own(given, taken);
  return [{ wtilde: 1, type: 'result', id, result }, buffers];
}

function dataOf(value: ArgumentValue | undefined): NdArray['data'] | undefined {
  return typeof value === 'object' && 'data' in value ? value.data : undefined;
}

function reply(port: PortLike, message: Reply, transfer: readonly ArrayBuffer[] = []): void {
  post(port, message, transfer);
}
