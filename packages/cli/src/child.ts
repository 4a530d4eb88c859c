/** The worker thread of a pool: makes evidences of what it is sent, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { packError } from '@wtilde/core-types';
import { createEvaluator } from './pool/evaluator.js';
import type { Job, Message } from './pool/jobs.js';

const tell = (message: Message) => parentPort?.postMessage(message);

try {
  // Several of these share the machine: each has a core.
  const evaluator = await createEvaluator(workerData, 1);
  parentPort?.on('message', (job: Job) => {
    evaluator.evaluate(job).then(
      (result) => tell({ type: 'result', result }),
      (error: unknown) => tell({ type: 'error', error: packError(error) }),
    );
  });
  tell({ type: 'ready' });
} catch (error) {
  tell({ type: 'error', error: packError(error) });
}
