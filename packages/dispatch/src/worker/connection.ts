import { type AbortSignalLike, type LooseResult, type Options, WtildeError } from '@wtilde/core-types';
import { listen, type PortLike } from './port.js';
import { isReply, type Reply, type Request, unpackError } from './protocol.js';

/** What a worker says of its backend. */
export type Ready = Extract<Reply, { type: 'ready' }>;

interface Waiting {
  resolve(result: LooseResult): void;
  reject(error: unknown): void;
  readonly onProgress: Options['onProgress'];
}

/** A page's line to its worker. */
export interface Connection {
  readonly ready: Promise<Ready>;
  /** Sends, or throws the typed error why not. */
  send(request: Request, where: string): void;
  /** Sends if there still is somebody to tell. */
  tell(request: Request): void;
  /** Sends what `request` makes of the id of a call, and waits for its result. */
  call(where: string, options: Options, request: (id: number) => Request): Promise<LooseResult>;
  close(): void;
}

export function connect(port: PortLike): Connection {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let broken: unknown;
  let onReady: ((ready: Ready) => void) | undefined;
  let onBroken: ((error: unknown) => void) | undefined;

  const stop = listen(
    port,
    (message) => {
      if (isReply(message)) receive(message);
    },
    (why) => fail(unavailable(String(why))),
  );

  function receive(reply: Reply): void {
    if (reply.type === 'ready') {
      onReady?.(reply);
      return;
    }
    if (reply.type === 'unavailable') {
      fail(unpackError(reply.error));
      return;
    }
    const call = waiting.get(reply.id);
    if (reply.type === 'progress') call?.onProgress?.(reply.done, reply.total);
    else waiting.delete(reply.id);
    if (reply.type === 'result') call?.resolve(reply.result);
    if (reply.type === 'failure') call?.reject(unpackError(reply.error));
  }

  function fail(error: unknown): void {
    broken ??= error;
    stop();
    onBroken?.(error);
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  }

  function send(request: Request, where: string): void {
    if (broken !== undefined) throw broken;
    try {
      port.postMessage(request, []);
    } catch (error) {
      throw new WtildeError('InvalidValue', {
        what: 'an argument cannot be sent to a worker',
        where,
        remedy: 'pass plain arrays',
        cause: error,
      });
    }
  }

  function tell(request: Request): void {
    if (broken === undefined) port.postMessage(request, []);
  }

  const ready = new Promise<Ready>((resolve, reject) => {
    onReady = resolve;
    onBroken = reject;
  });
  send({ wtilde: 1, type: 'hello' }, 'createWorkerBackend');

  return {
    ready,
    send,
    tell,
    call(where, options, request) {
      return new Promise((resolve, reject) => {
        calls += 1;
        const id = calls;
        const forget = onAbort(options.signal, () => {
          waiting.delete(id);
          tell({ wtilde: 1, type: 'abort', id });
          reject(aborted(options.signal, where));
        });
        const settle =
          <T>(end: (value: T) => void) =>
          (value: T) => {
            forget();
            end(value);
          };
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject), onProgress: options.onProgress });
        try {
          send(request(id), where);
        } catch (error) {
          waiting.delete(id);
          forget();
          reject(error);
        }
      });
    },
    close() {
      tell({ wtilde: 1, type: 'dispose' });
      fail(
        new WtildeError('Disposed', {
          what: 'the backend has been disposed of',
          where: 'worker',
          remedy: 'create a new backend',
        }),
      );
    },
  };
}

/** Calls back once when the signal is aborted; returns how to stop listening. Signals that tell nobody are only asked. */
function onAbort(signal: AbortSignalLike | undefined, run: () => void): () => void {
  if (signal === undefined || !isEventTarget(signal)) return () => {};
  signal.addEventListener('abort', run);
  return () => signal.removeEventListener('abort', run);
}

interface AbortTarget extends AbortSignalLike {
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

function isEventTarget(signal: AbortSignalLike): signal is AbortTarget {
  return 'addEventListener' in signal && typeof signal.addEventListener === 'function';
}

function aborted(signal: AbortSignalLike | undefined, where: string): WtildeError {
  return new WtildeError('Aborted', {
    what: 'the work was aborted by its signal',
    where,
    remedy: 'call again without aborting the signal',
    cause: signal?.reason,
  });
}

function unavailable(why: string): WtildeError {
  return new WtildeError('BackendUnavailable', {
    what: 'the worker behind the backend cannot be reached',
    where: 'worker',
    actual: why,
    remedy: 'start a new worker that calls serveBackend',
  });
}
