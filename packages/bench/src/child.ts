/** The process of one backend: takes a job from its parent, and ends when that is done. */
import type { Backend } from '@wtilde/core-types';
import { goldenDatasets } from '@wtilde/testkit/node';
import { accumulatedChunks } from './accumulated.js';
import { openBackend } from './backends.js';
import { datasetsOf, forUpstream } from './datasets.js';
import { peakBytes } from './machine.js';
import { measure } from './measure.js';
import type { AccumulateJob, FitJob, Job, KernelsJob, MeasureJob, Message, Outcome } from './process.js';
import { timesOfFit } from './science/fit.js';
import { timesOfKernels } from './science/kernels.js';

process.once('message', async (job: Job) => {
  await tell(await outcomeOf(job).catch((error): Message => ({ kind: 'failed', message: String(error) })));
  // Drivers may hold a process that is through.
  process.exit(0);
});

function outcomeOf(job: Job): Promise<Outcome> {
  switch (job.kind) {
    case 'measure':
      return measured(job);
    case 'accumulate':
      return accumulated(job);
    case 'fit':
      return fitted(job);
    case 'kernels':
      return timed(job);
  }
}

async function measured({ backend: id, datasets, golden, filter, time }: MeasureJob): Promise<Outcome> {
  const backend = await openBackend(id);
  if ('absent' in backend) return { kind: 'measured', facts: { id, absent: backend.absent }, rows: [] };
  const rows = await measure(backend, {
    datasets: [...(golden ? goldenDatasets().map(forUpstream) : []), ...datasetsOf(datasets)],
    filter,
    time,
    onCase: (name, done, total) => void tell({ kind: 'case', name, done, total }),
  });
  const { precision, info } = backend;
  return { kind: 'measured', facts: { id, precision, summary: info.summary, peakBytes: peakBytes() }, rows };
}

async function accumulated({ backend: id, visibilities, side, threads }: AccumulateJob): Promise<Outcome> {
  const backend = await openBackend(id, threads);
  const ms = 'absent' in backend ? undefined : await accumulatedChunks(backend, visibilities, side);
  return { kind: 'accumulated', ms: ms ?? Number.NaN, peakBytes: ms === undefined ? undefined : peakBytes() };
}

async function fitted({ backend: id, problem }: FitJob): Promise<Outcome> {
  const times = await timesOfFit(present(await openBackend(id, problem.threads)), problem);
  return { kind: 'fitted', times, peakBytes: peakBytes() };
}

async function timed({ backend: id, threads, which }: KernelsJob): Promise<Outcome> {
  const backend = present(await openBackend(id, threads));
  return { kind: 'timed', kernels: backend.mode === 'sync' ? await timesOfKernels(backend, which, 1500) : [] };
}

function present(backend: Awaited<ReturnType<typeof openBackend>>): Backend {
  if ('absent' in backend) throw new Error(backend.absent);
  return backend;
}

function tell(message: Message): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}
