/**
 * What both ends of a worker need of their port. A Worker, a MessagePort and a worker's own global scope fit, those of
 * browsers and those of node:worker_threads.
 */
export interface PortLike {
  postMessage(message: unknown, transfer: never[]): void;
}

/** Listens until the returned function is called; `onBreak` is told when the other end is gone. */
export function listen(
  port: PortLike,
  onMessage: (message: unknown) => void,
  onBreak: (why: unknown) => void,
): () => void {
  const dataOf = (event: unknown) =>
    typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined;
  const listeners: readonly [string, (event: unknown) => void, (value: unknown) => void][] = [
    ['message', (event) => onMessage(dataOf(event)), onMessage],
    ['messageerror', () => onBreak('a message could not be read'), onBreak],
    ['error', (event) => onBreak(messageOf(event)), (error) => onBreak(messageOf(error))],
    ['close', () => onBreak('the port was closed'), () => onBreak('the port was closed')],
    ['exit', () => onBreak('the worker has ended'), () => onBreak('the worker has ended')],
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
  throw new TypeError('a worker port has addEventListener or on');
}

interface EventTargetLike {
  addEventListener(type: string, listener: (event: unknown) => void): void;
  removeEventListener(type: string, listener: (event: unknown) => void): void;
}

interface EmitterLike {
  on(type: string, listener: (value: unknown) => void): unknown;
  off(type: string, listener: (value: unknown) => void): unknown;
}

function isEventTarget(port: object): port is EventTargetLike {
  return 'addEventListener' in port && typeof port.addEventListener === 'function';
}

function isEmitter(port: object): port is EmitterLike {
  return 'on' in port && typeof port.on === 'function';
}

function canStart(port: object): port is { start(): void } {
  return 'start' in port && typeof port.start === 'function';
}

function messageOf(event: unknown): string {
  return typeof event === 'object' && event !== null && 'message' in event
    ? String(event.message)
    : 'the worker failed';
}
