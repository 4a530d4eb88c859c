import { setTimeout as wait } from 'node:timers/promises';
import { WtildeError } from '@wtilde/core-types';
import { shownUrl } from '../parse.js';

/** Does what needs memory of the server, again and again while that has none. */
export type WithMemory = <R>(work: () => Promise<R>) => Promise<R>;

export interface MemoryOptions {
  readonly url: string;
  readonly patienceMs: number;
  onNote(text: string): void;
  /** Ends waiting. */
  readonly signal?: AbortSignal | undefined;
}

const betweenMs = 250;

/** Waits as long as there is patience; then throws BackendUnavailable. */
export function createWithMemory({ url, patienceMs, onNote, signal }: MemoryOptions): WithMemory {
  return async (work) => {
    const began = performance.now();
    let noted = false;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isFull(error)) throw error;
        if (signal?.aborted === true || performance.now() - began > patienceMs) throw noMemory(url);
        if (!noted) onNote('the memory of the server is full; give it more: redis-cli config set maxmemory');
        noted = true;
        await wait(betweenMs, undefined, { signal }).catch(() => {});
      }
    }
  };
}

/** Whether a server has refused something for want of memory: an error, or the text of one. */
export function isFull(reason: unknown): boolean {
  return String(reason).includes('OOM command not allowed');
}

function noMemory(url: string): WtildeError {
  return new WtildeError('BackendUnavailable', {
    what: 'the memory of the server is full',
    where: shownUrl(url),
    expected: 'memory for the dataset, some thousand jobs and their results',
    remedy:
      'give it more (redis-cli config set maxmemory) and repeat the command: results that the server has kept are not ' +
      'made again',
  });
}
