import { describeValue, type Options, unpackError, WtildeError } from '@wtilde/core-types';
import { createAbortWatch } from './abortWatch.js';
import { listen, type PortLike, post } from './port.js';
import type { Reply, Request } from './protocol.js';
import { readReply } from './reading.js';

/** What a worker says of its backend. */
export type Ready = Extract<Reply, { type: 'ready' }>;

/** What a request that has an id is answered with, unless it fails. */
type Answer = Extract<Reply, { type: 'result' | 'results' | 'appraisals' | 'added' | 'sums' }>;
type AnswerOf<T extends Answer['type']> = Extract<Answer, { type: T }>;

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
  readonly onProgress: Options['onProgress'];
}

/** A page's line to its worker. */
export interface Connection {
  readonly ready: Promise<Ready>;
  /** Requests that have not been answered yet. */
  readonly load: number;
  /** Whether somebody still is at the other end. */
  readonly alive: boolean;
  /** An id that nobody else on this port has. */
  newId(): string;
  /** Sends, or throws the typed error why not. The buffers move. */
  send(request: Request, where: string, transfer?: readonly ArrayBuffer[]): void;
  /** Sends if there still is somebody to tell. */
  tell(request: Request): void;
  /** Sends what `request` makes of an id, and waits for the answer of this type. */
  ask<T extends Answer['type']>(type: T, asking: Asking, request: (id: string) => Request): Promise<AnswerOf<T>>;
  close(): void;
}

interface Asking {
  /** For messages. */
  readonly where: string;
  readonly options?: Options;
  readonly transfer?: readonly ArrayBuffer[];
}

/** @param patience milliseconds that a worker may take to answer at all */
export function connect(port: PortLike, patience: number): Connection {
  const waiting = new Map<string, Waiting>();
  const watch = createAbortWatch();
  // Several pages, or several connections of one, may share a port.
  const name = Math.random().toString(36).slice(2);
  let ids = 0;
  let broken: unknown;
  let onReady: ((ready: Ready) => void) | undefined;
  let onBroken: ((error: unknown) => void) | undefined;

  const stop = listen(
    port,
    (message) => {
      const read = readReply(message);
      if (read.kind === 'ours') receive(read.message);
      else if (read.kind === 'malformed') fail(misunderstood(message));
    },
    (why) => fail(unavailable(why)),
  );
  const timer = timeout(patience, () => fail(unavailable(`nobody has answered within ${patience} ms`)));

  function receive(reply: Reply): void {
    clearTimeout(timer);
    if (reply.type === 'starting') return;
    if (reply.type === 'ready') {
      onReady?.(reply);
      return;
    }
    if (reply.type === 'unavailable') {
      fail(unpackError(reply.error));
      return;
    }
    const call = waiting.get(reply.id);
    if (call === undefined) return;
    if (reply.type === 'progress') progress(reply, call);
    else {
      waiting.delete(reply.id);
      if (reply.type === 'failure') call.reject(unpackError(reply.error));
      else call.resolve(reply);
    }
  }

  /** An error of the caller's function is the error of the call, as it is without a worker. */
  function progress({ id, done, total }: Extract<Reply, { type: 'progress' }>, call: Waiting): void {
    try {
      call.onProgress?.(done, total);
    } catch (error) {
      waiting.delete(id);
      tell({ wtilde: 1, type: 'abort', id });
      call.reject(error);
    }
  }

  function fail(error: unknown): void {
    clearTimeout(timer);
    broken ??= error;
    stop();
    onBroken?.(error);
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  }

  function send(request: Request, where: string, transfer: readonly ArrayBuffer[] = []): void {
    if (broken !== undefined) throw broken;
    try {
      post(port, request, transfer);
    } catch (error) {
      throw new WtildeError('BackendUnavailable', {
        what: 'the arguments cannot be sent to the worker',
        where,
        remedy: 'call with less at a time, or without a worker',
        cause: error,
      });
    }
  }

  function tell(request: Request): void {
    if (broken === undefined) post(port, request, []);
  }

  const newId = () => `${name}/${++ids}`;

  const ready = new Promise<Ready>((resolve, reject) => {
    onReady = resolve;
    onBroken = reject;
  });
  send({ wtilde: 1, type: 'hello' }, 'createWorkerBackend');

  return {
    ready,
    get load() {
      return waiting.size;
    },
    get alive() {
      return broken === undefined;
    },
    newId,
    send,
    tell,
    ask(type, { where, options: { signal, onProgress } = {}, transfer = [] }, request) {
      return new Promise((resolve, reject) => {
        const id = newId();
        const answered = (answer: Answer) => {
          if (isOfType(answer, type)) return resolve(answer);
          fail(misunderstood(answer));
          reject(broken);
        };
        const forget = watch(signal, () => {
          waiting.delete(id);
          tell({ wtilde: 1, type: 'abort', id });
          forget();
          reject(
            new WtildeError('Aborted', {
              what: 'the work was aborted by its signal',
              where,
              remedy: 'call again without aborting the signal',
              cause: signal?.reason,
            }),
          );
        });
        const settle =
          <T>(end: (value: T) => void) =>
          (value: T) => {
            forget();
            end(value);
          };
        waiting.set(id, { resolve: settle(answered), reject: settle(reject), onProgress });
        try {
          send(request(id), where, transfer);
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

function isOfType<T extends Answer['type']>(answer: Answer, type: T): answer is AnswerOf<T> {
  return answer.type === type;
}

// Every platform has them; this package is compiled for none.
declare function setTimeout(run: () => void, milliseconds: number): unknown;
declare function clearTimeout(timer: unknown): void;

/** The longest that timers wait. */
const longest = 2 ** 31 - 1;

function timeout(patience: number, run: () => void): unknown {
  return patience > longest ? undefined : setTimeout(run, patience);
}

function unavailable(why: string): WtildeError {
  return new WtildeError('BackendUnavailable', {
    what: 'the worker behind the backend cannot be reached',
    where: 'worker',
    actual: why,
    remedy: 'start a new worker that calls serveBackend',
  });
}

function misunderstood(message: unknown): WtildeError {
  const type = typeof message === 'object' && message !== null ? Reflect.get(message, 'type') : undefined;
  return new WtildeError('BackendUnavailable', {
    what: 'the worker sends what this side does not understand',
    where: 'worker',
    actual: `a malformed message of type ${describeValue(type)}`,
    remedy: 'use one version of @wtilde/dispatch on both sides',
  });
}
