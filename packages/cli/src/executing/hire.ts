import type { Backend } from '@wtilde/core-types';
import type { Fields } from '@wtilde/data';
import type { Io } from '../io.js';
import { executorOf, requireExact } from './executor.js';
import { notInParts } from './notInParts.js';
import type { Workers } from './together.js';

/** Workers that are ready, until they are let go. */
export interface Hired extends Workers {
  close(): Promise<void>;
}

/** What they are to do with a dataset. */
export interface Assignment {
  /** In words, for the error of a way to run it that cannot. */
  readonly what: string;
  readonly task: 'points' | 'lines';
  /** Prepared, with what else of arrays the task takes. */
  readonly dataset: Fields;
  readonly settings: object;
  /** That this process uses: the workers use the same. */
  readonly backend: Backend;
}

/**
 * Workers of an executor.
 *
 * @throws InvalidOption for parts of an array, which know nothing of each other; PrecisionTooLow; what the executor throws.
 */
export async function hire(
  text: string,
  { what, task, dataset, settings, backend }: Assignment,
  io: Io,
): Promise<Hired> {
  requireExact(backend);
  if (text.startsWith('array:')) throw notInParts(what);
  const executor = await executorOf(text, io);
  try {
    const all = { backend: { id: backend.id, simd: backend.info.simd }, ...settings };
    const crew = await executor.start({ task, dataset, settings: JSON.stringify(all) });
    return {
      crew,
      what,
      width: executor.width,
      remote: executor.name.startsWith('bullmq:'),
      async close() {
        await crew.close();
        await executor.close();
      },
    };
  } catch (error) {
    await executor.close();
    throw error;
  }
}
