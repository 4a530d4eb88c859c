/** The process of one backend: takes a job from its parent, and ends when that is done. */
import { goldenDatasets } from '@wtilde/testkit/node';
import { accumulatedChunks } from './accumulated.js';
import { openBackend } from './backends.js';
import { datasetsOf } from './datasets.js';
import { peakBytes } from './machine.js';
import { measure } from './measure.js';
import type { AccumulateJob, Job, MeasureJob, Message, Outcome } from './process.js';

process.once('message', async (job: Job) => {
  const outcome = job.kind === 'measure' ? measured(job) : accumulated(job);
  await tell(await outcome.catch((error): Message => ({ kind: 'failed', message: String(error) })));
  // Drivers may hold a process that is through.
  process.exit(0);
});

async function measured({ backend: id, datasets, golden, filter, time }: MeasureJob): Promise<Outcome> {
  const backend = await openBackend(id);
  if ('absent' in backend) return { kind: 'measured', facts: { id, absent: backend.absent }, rows: [] };
  const rows = await measure(backend, {
    datasets: [...(golden ? goldenDatasets() : []), ...datasetsOf(datasets)],
    filter,
    time,
    onCase: (name, done, total) => void tell({ kind: 'case', name, done, total }),
  });
  const { precision, info } = backend;
  return { kind: 'measured', facts: { id, precision, summary: info.summary, peakBytes: peakBytes() }, rows };
}

async function accumulated({ backend: id, visibilities }: AccumulateJob): Promise<Outcome> {
  const backend = await openBackend(id);
  const has = 'absent' in backend ? false : await accumulatedChunks(backend, visibilities);
  return { kind: 'accumulated', peakBytes: has ? peakBytes() : undefined };
}

function tell(message: Message): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}
