/** Jobs whose memory counts, each in a process of its own. */
import { type JobName, type JobSizes, runJob } from './job.ts';
import { section } from './large.ts';
import { peersOf } from './peers.ts';
import type { Measured } from './row.ts';

/** The most resident memory of a process. */
export interface Peak {
  readonly what: string;
  readonly megabytes: number;
}

/** The times of a job, and the peak memory of its process, which holds Node itself too: about 50 MB. */
export interface JobRows {
  readonly rows: readonly Measured[];
  readonly peak: Peak;
}

/** The jobs one after the other. */
export function jobs(): JobRows[] {
  return [
    // Visibilities generated chunk by chunk.
    jobRows('accumulator N=300 K=1e7 1e-9', 'W, dirty image, sums', 'accumulate', { N: 300, K: 1e7, tolerance: 1e-9 }),
    // Visibilities all in memory, 24 bytes each.
    jobRows('w_compact N=300 K=1e7 1e-9', 'nufft, first call', 'wCompact', { N: 300, K: 1e7, tolerance: 1e-9 }),
    jobRows('w_compact N=60 K=1e6 1e-12', 'nufft, first call', 'wCompact', { N: 60, K: 1e6, tolerance: 1e-12 }),
  ];
}

function jobRows(name: string, method: string, job: JobName, sizes: JobSizes): JobRows {
  const { ms, generationMs, peakMB } = runJob(job, sizes);
  return {
    rows: [
      { section, name, method, ms, peers: peersOf(name) },
      { section, name: `${name}: making its visibilities up`, method: '-', ms: generationMs, peers: [] },
    ],
    peak: { what: `${name} (${method})`, megabytes: peakMB },
  };
}
