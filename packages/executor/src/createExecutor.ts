import { createArray } from './array/createArray.js';
import { arrayRole } from './array/role.js';
import type { Executor } from './executor.js';
import type { ExecutorOptions } from './executorOptions.js';
import { createInline } from './inline.js';
import { parseExecutor } from './parse.js';
import { createThreads } from './threads/createThreads.js';

/**
 * The executor of a text: `inline`, `threads[:N]`, `bullmq:redis://HOST:PORT[/DB]` or `array:DIR`. Results are the same,
 * bit for bit.
 *
 * @throws InvalidOption; BackendUnavailable where no server answers; InvalidContract where it is used by another version.
 */
export async function createExecutor(text: string, options: ExecutorOptions): Promise<Executor> {
  const chosen = parseExecutor(text);
  const { tasks, version, env = process.env } = options;
  switch (chosen.kind) {
    case 'inline':
      return createInline(tasks);
    case 'threads':
      return createThreads(tasks, chosen.threads);
    case 'array':
      return createArray(chosen.folder, arrayRole(env), tasks, version);
    case 'bullmq': {
      // A third of a second to load, and only here wanted.
      const { createBullmq } = await import('./bullmq/createBullmq.js');
      return await createBullmq(chosen.url, options);
    }
  }
}
