import { WtildeError } from '@wtilde/core-types';

/**
 * What both ends of a worker need of their port. A Worker, a MessagePort and a worker's own global scope fit, those of
 * browsers and those of node:worker_threads.
 */
export interface PortLike {
  postMessage(message: unknown, transfer: never[]): void;
}

/** Posts a message; the buffers move. */
export function post(port: PortLike, message: unknown, transfer: readonly ArrayBuffer[]): void;
export function post(
  port: { postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void },
  message: unknown,
  transfer: readonly ArrayBuffer[],
): void {
  port.postMessage(message, transfer);
}

/** Listens until the returned function is called; `onBreak` is told when the other end is gone. */
export function listen(
  port: PortLike,
  onMessage: (message: unknown) => void,
  onBreak: (why: string) => void,
): () => void {
  const dataOf = (event: unknown) =>
    typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined;
  const unreadable = () => onBreak('a message could not be read');
  const closed = () => onBreak('the port was closed');
  const ended = () => onBreak('the worker has ended');
  const failed = (event: unknown) => onBreak(messageOf(event));
  const listeners: readonly [string, (event: unknown) => void, (value: unknown) => void][] = [
    ['message', (event) => onMessage(dataOf(event)), onMessage],
    ['messageerror', unreadable, unreadable],
    ['error', failed, failed],
    ['close', closed, closed],
    ['exit', ended, ended],
  ];
  if (isEventTarget(port)) {
    for (const [type, onEvent] of listeners) port.addEventListener(type, onEvent);
    if (canStart(port)) port.start();
    return () => {
      for (const [type, onEvent] of listeners) port.removeEventListener(type, onEvent);
    };
  }
  if (isEmitter(port)) {
    for (const [type, , onValue] of listeners) port.on(type, onValue);
    return () => {
      for (const [type, , onValue] of listeners) port.off(type, onValue);
    };
  }
  throw new WtildeError('InvalidOption', {
    what: 'this is no port of a worker',
    where: 'port',
    expected: 'a Worker, a MessagePort, or the global scope of a worker; in Node those of node:worker_threads',
    remedy: 'pass such a port',
  });
}

interface EventTargetLike {
  addEventListener(type: string, listener: (event: unknown) => void): void;
  removeEventListener(type: string, listener: (event: unknown) => void): void;
}

interface EmitterLike {
  on(type: string, listener: (value: unknown) => void): unknown;
  off(type: string, listener: (value: unknown) => void): unknown;
}

function isEventTarget(port: unknown): port is EventTargetLike {
  return isObject(port) && 'addEventListener' in port && typeof port.addEventListener === 'function';
}

function isEmitter(port: unknown): port is EmitterLike {
  return isObject(port) && 'on' in port && typeof port.on === 'function';
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' || typeof value === 'function') && value !== null;
}

function canStart(port: object): port is { start(): void } {
  return 'start' in port && typeof port.start === 'function';
}

/** Browsers tell what a worker's script throws, but nothing where they could not, or would not, load it. */
function messageOf(event: unknown): string {
  const message = isObject(event) && 'message' in event ? event.message : undefined;
  return typeof message === 'string' && message !== ''
    ? message
    : "its script did not load: there is none at its URL, or the page's Content Security Policy forbids it (worker-src must allow the URL, and blob: for workers from blobs)";
}
