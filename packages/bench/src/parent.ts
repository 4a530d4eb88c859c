import { fork } from 'node:child_process';
import { type AbortSignalLike, throwIfAborted, WtildeError } from '@wtilde/core-types';
import type { Job, Message, Outcome } from './process.js';

export type Signal = (AbortSignalLike & Partial<Pick<AbortSignal, 'addEventListener'>>) | undefined;

/** Does a job in a process of its own. Throws Aborted; NumericalFailure where it fails. */
export function inProcess(
  job: Job,
  signal: Signal,
  onCase: (name: string, done: number, total: number) => void = () => {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('../dist/child.js', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    signal?.addEventListener?.('abort', () => child.kill());
    child.once('error', reject);
    child.once('exit', (code, killedBy) => {
      try {
        throwIfAborted(signal, 'bench');
        reject(failed(job.backend, `its process ended with ${killedBy ?? code}`));
      } catch (aborted) {
        reject(aborted);
      }
    });
    child.on('message', (message: Message) => {
      if (message.kind === 'case') onCase(message.name, message.done, message.total);
      else if (message.kind === 'failed') reject(failed(job.backend, message.message));
      else resolve(message);
    });
    child.send(job);
  });
}

function failed(backend: string, why: string): WtildeError {
  return new WtildeError('NumericalFailure', {
    what: `nothing could be measured: ${why}`,
    where: `bench of ${backend}`,
    remedy: 'leave the backend out, or run its equivalence suite',
  });
}
