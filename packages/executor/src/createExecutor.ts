import { createArray } from './array/createArray.js';
import { arrayRole } from './array/role.js';
import type { Executor } from './executor.js';
import type { ExecutorOptions } from './executorOptions.js';
import { createInline } from './inline.js';
import { parseWay } from './parse.js';
import { createThreads } from './threads/createThreads.js';

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
