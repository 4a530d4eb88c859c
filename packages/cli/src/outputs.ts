/** What commands write: looked at before the work, written after it, and never in place of what they read. */
import { checkOutputs, type WriteFileOptions } from '@wtilde/data/node';
import type { Io } from './io.js';
import type { ForceOption } from './options/shared.js';

export interface Outputs {
  /** Calls a writer of @wtilde/data, so that a signal that ends the process leaves nothing half written. */
  write(work: (options: WriteFileOptions) => Promise<void>): Promise<void>;
  /** Where the command reports: not into the midst of a file that goes to stdout. */
  readonly io: Io;
}

/**
 * The outputs of a command. Those that are undefined are not written, and inputs that are undefined not read.
 *
 * @param makeFolder whether their folder may still have to be made.
 * @param stopped of {@link untilSignalled}, where several are written at a time
 * @throws FileUnwritable or InvalidOption where they could not be written, exist without --force, or are inputs.
 */
export async function outputsOf(
  outputs: readonly (string | undefined)[],
  inputs: readonly (string | undefined)[],
  { force = false }: ForceOption,
  io: Io,
  makeFolder = false,
  stopped?: AbortSignal,
): Promise<Outputs> {
  const named = outputs.filter((path) => path !== undefined);
  const options = { overwrite: force, makeFolder };
  await checkOutputs(named, { ...options, inputs: inputs.filter((path) => path !== undefined) });
  return {
    async write(work) {
      if (stopped !== undefined) await work({ ...options, signal: stopped });
      else await untilSignalled((signal) => work({ ...options, signal }));
    },
    io: named.some(isStandardOutput) ? { ...io, stdout: io.stderr } : io,
  };
}

function isStandardOutput(path: string): boolean {
  return ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'].includes(path);
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Signals end the process as ever, but not before the writer has taken away what it has half written. Only while it
 * writes: kernels are synchronous, and a handler would hold up Ctrl-C until they are done.
 */
export async function untilSignalled(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  let caught: NodeJS.Signals | undefined;
  const stop = (name: NodeJS.Signals) => {
    caught = name;
    controller.abort();
  };
  for (const name of signals) process.on(name, stop);
  try {
    await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, stop);
    if (caught !== undefined) process.kill(process.pid, caught);
  }
}
