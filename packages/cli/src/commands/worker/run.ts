import { availableParallelism } from 'node:os';
import { executorVersion, loadExecutor } from '../../executing/executor.js';
import { type ExitCode, exitCodes } from '../../exitCodes.js';
import { type Io, note, print } from '../../io.js';
import { tasks } from '../../tasks/index.js';
import { serveHealth } from './health.js';
import type { WorkerOptions } from './options.js';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** `wtilde worker`: does what others ask for, until it is stopped. */
export async function worker(
  { connect, threads = availableParallelism(), port }: WorkerOptions,
  io: Io,
): Promise<ExitCode> {
  const { createWorker, serverUrl } = await loadExecutor();
  const joined = await createWorker({
    url: serverUrl(connect),
    threads,
    tasks,
    version: executorVersion(),
    onNote: (text) => note(io, text),
  });
  const health = port === undefined ? undefined : await serveHealth(port, () => joined.counts);
  print(io, `${threads} ${threads === 1 ? 'thread' : 'threads'} for ${joined.server}, until Ctrl-C`);
  let asked = 0;
  await new Promise<void>((resolve) => {
    const stop = () => {
      asked += 1;
      // Again: whoever asks does not want to wait. What is not finished others do.
      if (asked === 1) note(io, 'finishing what has begun');
      joined.leave(asked > 1).then(resolve, resolve);
    };
    for (const signal of signals) process.on(signal, stop);
  });
  for (const signal of signals) process.removeAllListeners(signal);
  await health?.close();
  print(io, `${joined.counts.done} jobs done, ${joined.counts.failed} failed`);
  return exitCodes.fine;
}
