import { createArray } from './array/createArray.js';
import { arrayRole } from './array/role.js';
import type { Executor } from './executor.js';
import { createInline } from './inline.js';
import { parseWay } from './parse.js';
import { createThreads } from './threads/createThreads.js';
import type { Tasks } from './work/work.js';

export interface ExecutorOptions {
  /** What can be run, by name. Workers on other machines must know the same. */
  readonly tasks: Tasks;
  /** Of the program: results of different versions never meet. */
  readonly version: string;
  /** Told what a user should know while waiting, such as that no worker is there. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** How long a server that does not answer is waited for. Default 60 s. */
  readonly patienceMs?: number | undefined;
  /** Of an array: where its index is looked up. Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * The executor of a text: `inline`, `threads[:N]`, `bullmq:redis://HOST:PORT[/DB]` or `array:DIR`. Results are the same,
 * bit for bit.
 *
 * @throws InvalidOption; BackendUnavailable where no server answers; InvalidContract where it is used by another version.
 */
export async function createExecutor(text: string, options: ExecutorOptions): Promise<Executor> {
  const way = parseWay(text);
  const { tasks, version, env = process.env } = options;
  switch (way.kind) {
    case 'inline':
      return createInline(tasks);
    case 'threads':
      return createThreads(tasks, way.threads);
    case 'array':
      return createArray(way.folder, arrayRole(env), tasks, version);
    case 'bullmq': {
      // A third of a second to load, and only here wanted.
      const { createBullmq } = await import('./bullmq/createBullmq.js');
      return await createBullmq(way.url, options);
    }
  }
}
