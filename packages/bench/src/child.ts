/** The process of one backend: takes a job from its parent, and ends when that is done. */
import { goldenDatasets } from '@wtilde/testkit/node';
import { openBackend } from './backends.js';
import { datasetsOf } from './datasets.js';
import { measure } from './measure.js';
import type { Job, Message } from './process.js';

process.once('message', async (job: Job) => {
  await tell(await outcome(job).catch((error): Message => ({ kind: 'failed', message: String(error) })));
  // Drivers may hold a process that is through.
  process.exit(0);
});

async function outcome({ backend: id, datasets, golden, filter, time }: Job): Promise<Message> {
  const backend = await openBackend(id);
  if ('absent' in backend) return { kind: 'done', facts: { id, absent: backend.absent }, rows: [] };
  const rows = await measure(backend, {
    datasets: [...(golden ? goldenDatasets() : []), ...datasetsOf(datasets)],
    filter,
    time,
    onCase: (name, done, total) => void tell({ kind: 'case', name, done, total }),
  });
  const { precision, info } = backend;
  const peakBytes = 1024 * process.resourceUsage().maxRSS;
  return { kind: 'done', facts: { id, precision, summary: info.summary, peakBytes }, rows };
}

function tell(message: Message): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}
