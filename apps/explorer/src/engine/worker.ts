import type { Reply, Request } from './protocol.js';
import { createSession } from './session.js';
import { holdWhileAlive } from './whenGone.js';

/** Of a worker's global, what is used here: the library of the DOM declares that of a page. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<Request>) => void): void;
  postMessage(reply: Reply, transfer: readonly ArrayBuffer[]): void;
}

declare const self: WorkerScope;

const answer = createSession((reply, transfer = []) => self.postMessage(reply, transfer));
self.addEventListener('message', ({ data }) => answer(data));
const lock = `wtilde ${performance.timeOrigin} ${Math.random()}`;
holdWhileAlive(lock).then(() => self.postMessage({ type: 'started', lock }, []));
