/** The process of a job. Usage: node bench/jobProcess.ts NAME N K TOLERANCE; prints a JobResult. */
import { existsSync, readFileSync } from 'node:fs';
import { almaLike, requireField } from '@wtilde/data';
import type { JobResult, JobSizes } from './job.ts';
import { backend, chunks, weighted } from './problems.ts';
import { timeOf } from './timing.ts';

const pixelScale = 0.05;

/** W, dirty image and the sums over the data from visibilities that come chunk by chunk. */
function accumulate({ N, K, tolerance }: JobSizes): Omit<JobResult, 'peakMB'> {
  const fields = almaLike({ N, K: 1, S: 4 });
  const accumulator = backend.createAccumulator?.({
    gridSize: N,
    pixelScale,
    gridRadiansSlim: requireField(fields, 'grid_radians_slim', 'real'),
    nativeIndexForSlimIndex: requireField(fields, 'native_index_for_slim_index', 'index'),
    tolerance,
    expectedVisibilities: K,
  });
  let ms = 0;
  const total = timeOf(() => {
    for (const chunk of chunks(K)) ms += timeOf(() => accumulator?.add(chunk));
    ms += timeOf(() => accumulator?.finish());
  });
  return { ms, generationMs: total - ms };
}

/** W by displacement from visibilities that are all in memory. */
function wCompact({ N, K, tolerance }: JobSizes): Omit<JobResult, 'peakMB'> {
  let args = weighted(0);
  const generationMs = timeOf(() => {
    args = weighted(K);
  });
  const call = () => backend.kernels.wCompactCurvatureInterferometerFrom({ ...args, gridSize: N, pixelScale }, options);
  const options = { tolerance, check: 'shapes' } as const;
  return { ms: timeOf(call), generationMs };
}

/** The high-water mark of this process. What the operating system reports at exit would include its parent's. */
function peakMB(): number {
  const status = '/proc/self/status';
  const kilobytes = existsSync(status) ? /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
  return Number(kilobytes ?? process.resourceUsage().maxRSS) / 1024;
}

const jobs: ReadonlyMap<string, (sizes: JobSizes) => Omit<JobResult, 'peakMB'>> = new Map([
  ['accumulate', accumulate],
  ['wCompact', wCompact],
]);

const [name, N, K, tolerance] = process.argv.slice(2);
const job = jobs.get(name);
if (job === undefined) throw new Error(`no job ${name}: ${[...jobs.keys()].join(', ')}`);
const times = job({ N: Number(N), K: Number(K), tolerance: Number(tolerance) });
console.log(JSON.stringify({ ...times, peakMB: peakMB() }));
