/** Both ends of a worker, without the worker. */
import { MessageChannel } from 'node:worker_threads';
import type { Backend } from '@wtilde/core-types';
import { createWorkerBackend, serveBackend, type WorkerBackendOptions } from '../../src/worker.js';

const open: MessageChannel[] = [];

export function newChannel(): MessageChannel {
  const channel = new MessageChannel();
  open.push(channel);
  return channel;
}

export function closeAll(): void {
  for (const { port1, port2 } of open.splice(0)) {
    port1.close();
    port2.close();
  }
}

/** Both ends, and everything that was sent. */
export async function pair(backend: Backend | Promise<Backend>, options?: WorkerBackendOptions) {
  const channel = newChannel();
  const sent: { readonly message: unknown; readonly transfer: readonly unknown[] }[] = [];
  const spied = (port: typeof channel.port1) => ({
    postMessage(message: unknown, transfer: readonly ArrayBuffer[] = []) {
      port.postMessage(message, transfer);
      sent.push({ message, transfer });
    },
    on: port.on.bind(port),
    off: port.off.bind(port),
  });
  serveBackend(backend, spied(channel.port2));
  const remote = await createWorkerBackend(spied(channel.port1), options);
  return { remote, sent, channel };
}

/** The kernel of a remote backend that surely has it. */
export async function remoteKernel(backend: Backend) {
  const { remote, ...rest } = await pair(backend);
  const { dataVectorFrom } = remote.kernels;
  if (dataVectorFrom === undefined) throw new Error('not implemented');
  return { dataVectorFrom, remote, ...rest };
}

const greetings: readonly unknown[] = ['hello', 'starting', 'ready'];

/** What was sent, greetings aside. */
export function typesOf(sent: readonly { readonly message: unknown }[]): readonly unknown[] {
  return sent
    .map(({ message }) => (typeof message === 'object' && message !== null && 'type' in message ? message.type : ''))
    .filter((type) => !greetings.includes(type));
}
