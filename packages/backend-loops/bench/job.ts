/** Runs a job in a process of its own, whose memory is that of the job. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface JobSizes {
  readonly N: number;
  readonly K: number;
  readonly tolerance: number;
}

export type JobName = 'accumulate' | 'wCompact';

export interface JobResult {
  /** Summing alone. */
  readonly ms: number;
  /** Making the visibilities up. */
  readonly generationMs: number;
  /** The most resident memory of the process at any time. */
  readonly peakMB: number;
}

export function runJob(name: JobName, sizes: JobSizes): JobResult {
  const script = fileURLToPath(new URL('./jobProcess.ts', import.meta.url));
  const { N, K, tolerance } = sizes;
  const printed = execFileSync(process.execPath, [script, name, `${N}`, `${K}`, `${tolerance}`], { encoding: 'utf8' });
  const result: Partial<JobResult> = JSON.parse(printed);
  const { ms, generationMs, peakMB } = result;
  if (ms === undefined || generationMs === undefined || peakMB === undefined) throw new Error(`${name}: ${printed}`);
  return { ms, generationMs, peakMB };
}
