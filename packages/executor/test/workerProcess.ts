import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { version } from './squares.js';

/** A worker in a process of its own. */
export interface WorkerProcess {
  /** What `wtilde worker` prints when it ends, or nothing. */
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** Ends it for good. */
  gone(): Promise<void>;
}

const program = fileURLToPath(new URL('./tasks/worker.ts', import.meta.url));

/** Short, so that nobody waits: correctness does not depend on it. */
export const lockMs = 3000;

export async function startWorkerProcess(url: string, threads = 1): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [program, url, String(threads), version, String(lockMs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code]: readonly (number | null)[]) => code);
  await Promise.race([once(child.stdout, 'data'), ended]);
  return {
    ended,
    kill: (signal) => child.kill(signal),
    async gone() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Resolves once there is such a file: a job says that it has begun. */
export async function fileThere(path: string): Promise<void> {
  while (!existsSync(path)) await wait(10);
}
