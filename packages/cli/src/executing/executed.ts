import type { Backend } from '@wtilde/core-types';
import type { Objective } from '@wtilde/fit';
import type { Io } from '../io.js';
import type { Setup } from '../pool/jobs.js';
import { executorOf, requireExact } from './executor.js';
import { executorObjective, notInParts } from './executorObjective.js';

/** An objective whose points are evaluated by an executor. */
export interface Executed {
  readonly objective: Objective;
  close(): Promise<void>;
}

/**
 * @param like the objective as it is evaluated in this process.
 * @param backend that this process uses: the workers use the same.
 */
export async function createExecuted(
  text: string,
  like: Omit<Objective, 'evaluate'>,
  { prepared, model }: Setup,
  backend: Backend,
  io: Io,
): Promise<Executed> {
  requireExact(backend);
  if (text.startsWith('array:')) throw notInParts();
  const executor = await executorOf(text, io);
  try {
    const settings = { backend: { id: backend.id, simd: backend.info.simd }, model };
    const crew = await executor.start({ task: 'points', dataset: prepared, settings: JSON.stringify(settings) });
    const remote = executor.name.startsWith('bullmq:');
    return {
      objective: executorObjective(like, { crew, width: executor.width, remote }),
      close: async () => {
        await crew.close();
        await executor.close();
      },
    };
  } catch (error) {
    await executor.close();
    throw error;
  }
}
